package io.foreshard.addrsharding.route;

/**
 * Something that is wrong with a plan as a whole, which no check of a router finds.
 *
 * @param rule what is violated
 * @param name what the user calls the value
 * @param value what it is
 * @param expected what would be right
 */
public record RouteProblem(Rule rule, String name, String value, String expected) {

    /** What must hold in every plan. */
    public enum Rule {
        /** A plan has no more parts than its bounds allow. */
        WITHIN_BOUNDS,
        /** The router has an identifier and an autonomous system that BGP allows. */
        USABLE_IDENTITY,
        /** No two neighbours have the same name or address. */
        DISTINCT_NEIGHBOURS,
        /** No two owned pools overlap. */
        DISJOINT_POOLS,
        /** Only owned space is announced. */
        WITHIN_OWNED_POOLS,
        /** No prefix is announced twice. */
        DISTINCT_ANNOUNCEMENTS,
        /** Where announcements overlap, their attributes are the same. */
        CONSISTENT_OVERLAPS,
        /** There is a neighbour for each family that is announced. */
        FAMILY_HAS_A_NEIGHBOUR,
        /** No neighbour is sent more routes of a family than it takes. */
        WITHIN_PEER_LIMITS
    }

    /** Returns {@code name: value (expected: …)}. */
    public String text() {
        return name + ": " + value + " (expected: " + expected + ")";
    }
}
