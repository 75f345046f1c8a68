package io.foreshard.addrsharding.dialect;

import io.foreshard.addrsharding.route.Announcement;
import io.foreshard.addrsharding.route.RouteAttributes;
import io.foreshard.addrsharding.route.RoutePlan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names for the sets of attributes that a plan uses. A name depends on nothing but the attributes, so that a set keeps it from plan to
 * plan; two sets do not meet in 48 bits of a digest.
 */
final class AttributeNames {

    private static final int BYTES = 6;

    private AttributeNames() {}

    static String of(RouteAttributes attributes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(attributes.toString().getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new AssertionError(everyPlatformHasIt);
        }
    }

    /** All sets of a plan by name, in order of name. */
    static Map<String, RouteAttributes> in(RoutePlan plan) {
        Map<String, RouteAttributes> sets = new TreeMap<>();
        plan.announcements().stream()
                .map(Announcement::attributes)
                .distinct()
                .forEach(attributes -> sets.put(of(attributes), attributes));
        return sets;
    }
}
