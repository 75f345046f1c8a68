package io.foreshard.addrsharding.route;

import io.foreshard.addrsharding.prefix.Prefix;

/** One way in which a router is not as planned. */
public sealed interface Drift {

    /** Returns the name of the neighbour that it concerns. */
    String neighbour();

    /**
     * There is no session, so nothing is known of what the neighbour has.
     *
     * @param neighbour its name
     * @param detail the state in words of the router
     */
    record SessionDown(String neighbour, String detail) implements Drift {}

    /**
     * A planned announcement is not sent.
     *
     * @param neighbour to whom
     * @param prefix of what
     */
    record Missing(String neighbour, Prefix prefix) implements Drift {}

    /**
     * Something is sent that is not planned.
     *
     * @param neighbour to whom
     * @param prefix of what
     */
    record Unplanned(String neighbour, Prefix prefix) implements Drift {}

    /**
     * An announcement is sent with other attributes than planned.
     *
     * @param neighbour to whom
     * @param prefix of what
     * @param attribute which one
     * @param planned what it should be
     * @param found what it is
     */
    record Changed(String neighbour, Prefix prefix, String attribute, String planned, String found) implements Drift {}
}
