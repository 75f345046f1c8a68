package io.foreshard.addrsharding.spi;

import io.foreshard.addrsharding.route.RoutePlan;

/**
 * The language of a make of router. Pure: the same plan gives the same text. A plan is right when it comes here, and its names are safe;
 * an implementation writes nothing into a file but what the plan says.
 */
public interface RouterDialect {

    /** Returns what people call the language. */
    String name();

    /**
     * Writes a plan down as the whole configuration of its announcements and sessions.
     *
     * @param plan what the router is to have
     */
    RouterConfiguration render(RoutePlan plan);
}
