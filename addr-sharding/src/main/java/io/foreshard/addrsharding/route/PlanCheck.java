package io.foreshard.addrsharding.route;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.route.RouteProblem.Rule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds what is wrong with a plan as a whole. Takes parts in order, and each of them once. */
final class PlanCheck {

    private static final int MOST_PROBLEMS = 100;

    private final List<RouteProblem> problems = new ArrayList<>();

    private PlanCheck() {}

    static List<RouteProblem> problems(
            long localAs,
            Prefix routerId,
            List<Neighbour> neighbours,
            List<Announcement> announcements,
            List<Prefix> owned) {
        PlanCheck check = new PlanCheck();
        check.identity(localAs, routerId);
        check.bound("neighbours", neighbours.size(), RoutePlan.MOST_NEIGHBOURS);
        check.bound("announcements", announcements.size(), RoutePlan.MOST_ANNOUNCEMENTS);
        check.bound("owned", owned.size(), RoutePlan.MOST_POOLS);
        if (check.problems.isEmpty()) {
            check.neighbours(neighbours, routerId);
            check.pools(owned);
            check.ownership(announcements, owned);
            check.overlaps(announcements);
            check.families(neighbours, announcements);
        }
        return check.problems;
    }

    private void identity(long localAs, Prefix routerId) {
        try {
            AutonomousSystems.check("localAs", localAs);
        } catch (IllegalArgumentException reserved) {
            add(Rule.USABLE_IDENTITY, "localAs", localAs, "an autonomous system that BGP allows");
        }
        boolean isId = routerId.family() == AddressFamily.IPV4 && routerId.isAddress() && routerId.low() != 0;
        if (!isId) {
            add(Rule.USABLE_IDENTITY, "routerId", routerId, "an IPv4 address other than 0.0.0.0");
        }
    }

    private void bound(String name, int count, int most) {
        if (count > most) {
            add(Rule.WITHIN_BOUNDS, name, count, "at most " + most);
        }
    }

    private void neighbours(List<Neighbour> neighbours, Prefix routerId) {
        Set<String> names = new HashSet<>();
        Set<Prefix> addresses = new HashSet<>(Set.of(routerId));
        for (Neighbour neighbour : neighbours) {
            // Some routers do not tell upper case from lower.
            if (!names.add(neighbour.name().toLowerCase(java.util.Locale.ROOT))) {
                add(Rule.DISTINCT_NEIGHBOURS, "neighbour.name", neighbour.name(), "another name for each neighbour");
            }
            if (!addresses.add(neighbour.address())) {
                String expected = "another address for each neighbour, and none of the router itself";
                add(Rule.DISTINCT_NEIGHBOURS, "neighbour.address", neighbour.address(), expected);
            }
        }
    }

    private void pools(List<Prefix> owned) {
        for (int i = 1; i < owned.size(); i++) {
            if (owned.get(i - 1).overlaps(owned.get(i))) {
                add(Rule.DISJOINT_POOLS, "owned", owned.get(i), "not overlapping " + owned.get(i - 1));
            }
        }
    }

    /** Both lists are in order, so one walk over each is enough. */
    private void ownership(List<Announcement> announcements, List<Prefix> owned) {
        int pool = 0;
        for (Announcement announcement : announcements) {
            Prefix prefix = announcement.prefix();
            while (pool < owned.size()
                    && !owned.get(pool).contains(prefix)
                    && owned.get(pool).compareTo(prefix) < 0) {
                pool++;
            }
            if (pool == owned.size() || !owned.get(pool).contains(prefix)) {
                add(Rule.WITHIN_OWNED_POOLS, "announcement", prefix, "within one of the owned pools");
            }
        }
    }

    /** In order, all that contain a prefix stand before it: those that still may are kept on a stack. */
    private void overlaps(List<Announcement> announcements) {
        Deque<Announcement> around = new ArrayDeque<>();
        for (Announcement announcement : announcements) {
            while (!around.isEmpty() && !around.getLast().prefix().contains(announcement.prefix())) {
                around.removeLast();
            }
            if (!around.isEmpty()) {
                overlap(announcement, around.getLast());
            }
            around.addLast(announcement);
        }
    }

    private void overlap(Announcement inner, Announcement outer) {
        if (inner.prefix().equals(outer.prefix())) {
            add(Rule.DISTINCT_ANNOUNCEMENTS, "announcement", inner.prefix(), "announced once");
        } else if (!inner.attributes().equals(outer.attributes())) {
            String expected = "the attributes of " + outer.prefix() + ", which contains it";
            add(Rule.CONSISTENT_OVERLAPS, "announcement", inner.prefix(), expected);
        }
    }

    private void families(List<Neighbour> neighbours, List<Announcement> announcements) {
        for (AddressFamily family : AddressFamily.values()) {
            limits(family, neighbours, announcements);
            boolean isHeard =
                    neighbours.stream().anyMatch(each -> each.families().contains(family));
            if (!isHeard) {
                announcements.stream()
                        .map(Announcement::prefix)
                        .filter(prefix -> prefix.family() == family)
                        .findFirst()
                        .ifPresent(prefix -> add(
                                Rule.FAMILY_HAS_A_NEIGHBOUR,
                                "announcement",
                                prefix,
                                "a neighbour that takes " + family));
            }
        }
    }

    private void limits(AddressFamily family, List<Neighbour> neighbours, List<Announcement> announcements) {
        long count = announcements.stream()
                .filter(each -> each.prefix().family() == family)
                .count();
        for (Neighbour neighbour : neighbours) {
            if (neighbour.families().contains(family) && count > neighbour.peerMaxPrefixes()) {
                String expected = "at most " + neighbour.peerMaxPrefixes() + ", which " + neighbour.name() + " takes";
                add(Rule.WITHIN_PEER_LIMITS, "announcements of " + family, count, expected);
            }
        }
    }

    private void add(Rule rule, String name, Object value, String expected) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new RouteProblem(rule, name, value.toString(), expected));
        }
    }
}
