package io.foreshard.addrsharding.route;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import java.util.List;

/**
 * All that a router is to have of us: whom it tells its routes, and which. Immutable, and right as far as can be known without the
 * router: what {@link RouteProblem.Rule} says holds.
 *
 * @param localAs autonomous system of the router
 * @param routerId an IPv4 address that names the router (RFC 6286)
 * @param neighbours in order of name
 * @param announcements in order of prefix
 * @param owned all space that may be announced; in order
 */
public record RoutePlan(
        long localAs,
        Prefix routerId,
        List<Neighbour> neighbours,
        List<Announcement> announcements,
        List<Prefix> owned) {

    /** The most announcements that a plan has. */
    public static final int MOST_ANNOUNCEMENTS = 100_000;

    /** The most neighbours that a plan has. */
    public static final int MOST_NEIGHBOURS = 256;

    /** The most owned pools that a plan has. */
    public static final int MOST_POOLS = 1024;

    /**
     * Checks the whole; sorts the parts.
     *
     * @throws RoutePlanException with all that is wrong
     */
    public RoutePlan {
        neighbours = neighbours.stream()
                .sorted(java.util.Comparator.comparing(Neighbour::name))
                .toList();
        announcements = announcements.stream().sorted().toList();
        owned = owned.stream().sorted().toList();
        List<RouteProblem> problems = PlanCheck.problems(localAs, routerId, neighbours, announcements, owned);
        if (!problems.isEmpty()) {
            throw new RoutePlanException(problems);
        }
    }

    /**
     * Returns the same with other announcements.
     *
     * @param other replace all
     * @throws RoutePlanException with all that is wrong then
     */
    public RoutePlan announcing(List<Announcement> other) {
        return new RoutePlan(localAs, routerId, neighbours, other, owned);
    }

    /**
     * Returns the announcements of a family, in order.
     *
     * @param family which
     */
    public List<Announcement> announcements(AddressFamily family) {
        return announcements.stream()
                .filter(each -> each.prefix().family() == family)
                .toList();
    }

    /**
     * Returns the owned pools of a family, in order.
     *
     * @param family which
     */
    public List<Prefix> owned(AddressFamily family) {
        return owned.stream().filter(each -> each.family() == family).toList();
    }
}
