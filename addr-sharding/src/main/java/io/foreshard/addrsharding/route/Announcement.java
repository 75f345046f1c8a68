package io.foreshard.addrsharding.route;

import io.foreshard.addrsharding.prefix.Prefix;

/**
 * A range that a router is to announce as its own.
 *
 * @param prefix the range
 * @param routeClass how much it matters
 * @param attributes what the route carries
 */
public record Announcement(Prefix prefix, RouteClass routeClass, RouteAttributes attributes)
        implements Comparable<Announcement> {

    @Override
    public int compareTo(Announcement other) {
        return prefix.compareTo(other.prefix);
    }
}
