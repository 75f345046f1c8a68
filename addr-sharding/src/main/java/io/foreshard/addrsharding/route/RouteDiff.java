package io.foreshard.addrsharding.route;

import io.foreshard.addrsharding.prefix.Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How one plan differs from an earlier one.
 *
 * @param added what is announced from now on
 * @param withdrawn what is no longer
 * @param changed what is announced with other attributes, as it is now
 * @param isElsewhereToo whether neighbours, pools or the router itself differ as well
 */
public record RouteDiff(
        List<Announcement> added, List<Announcement> withdrawn, List<Announcement> changed, boolean isElsewhereToo) {

    /** Copies the lists. */
    public RouteDiff {
        added = List.copyOf(added);
        withdrawn = List.copyOf(withdrawn);
        changed = List.copyOf(changed);
    }

    /**
     * Compares two plans; the order within them does not matter.
     *
     * @param before the earlier
     * @param after the later
     */
    public static RouteDiff between(RoutePlan before, RoutePlan after) {
        Map<Prefix, Announcement> left = new HashMap<>();
        before.announcements().forEach(each -> left.put(each.prefix(), each));
        List<Announcement> added = new ArrayList<>();
        List<Announcement> changed = new ArrayList<>();
        for (Announcement now : after.announcements()) {
            Announcement earlier = left.remove(now.prefix());
            if (earlier == null) {
                added.add(now);
            } else if (!earlier.attributes().equals(now.attributes())) {
                changed.add(now);
            }
        }
        return new RouteDiff(added, left.values().stream().sorted().toList(), changed, !isSameElsewhere(before, after));
    }

    /** Returns whether a router has nothing to do. */
    public boolean isEmpty() {
        return !isElsewhereToo && added.isEmpty() && withdrawn.isEmpty() && changed.isEmpty();
    }

    private static boolean isSameElsewhere(RoutePlan before, RoutePlan after) {
        return before.announcing(List.of()).equals(after.announcing(List.of()));
    }
}
