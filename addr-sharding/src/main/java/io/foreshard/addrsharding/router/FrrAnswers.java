package io.foreshard.addrsharding.router;

import io.foreshard.addrsharding.prefix.Prefix;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** What answers of FRR mean. Parts that are missing or of another kind are passed over. Stateless. */
final class FrrAnswers {

    static final String ESTABLISHED = "Established";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    private FrrAnswers() {}

    /** The worst state of a neighbour over all families, from a summary. */
    static String state(Map<?, ?> summary, String address) {
        String state = "not there";
        for (Object family : summary.values()) {
            if (family instanceof Map<?, ?> map
                    && map.get("peers") instanceof Map<?, ?> peers
                    && peers.get(address) instanceof Map<?, ?> peer
                    && peer.get("state") instanceof String found) {
                if (!found.equals(ESTABLISHED)) {
                    return found;
                }
                state = found;
            }
        }
        return state;
    }

    /** The routes that are sent to a neighbour, with their multi-exit discriminators. */
    static Map<Prefix, OptionalLong> routes(Map<?, ?> answer) {
        Map<Prefix, OptionalLong> routes = new LinkedHashMap<>();
        if (answer.get("advertisedRoutes") instanceof Map<?, ?> sent) {
            sent.forEach((key, value) -> {
                try {
                    routes.put(Prefix.parse(key.toString()), med(value));
                } catch (IllegalArgumentException noPrefix) {
                    // Such as a route distinguisher: not of the families that are asked for.
                }
            });
        }
        return routes;
    }

    private static OptionalLong med(Object route) {
        boolean isNumber = route instanceof Map<?, ?> map
                && map.get("metric") instanceof String metric
                && NUMBER.matcher(metric).matches();
        return isNumber
                ? OptionalLong.of(Long.parseLong((String) ((Map<?, ?>) route).get("metric")))
                : OptionalLong.empty();
    }
}
