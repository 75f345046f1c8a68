package io.foreshard.addrsharding.route;

import io.foreshard.runtime.Checks;

/**
 * How soon a session notices that its neighbour is gone, and how it comes back (RFC 4271, 4.2 and 10).
 *
 * @param keepaliveSeconds how often each says that it is there, 1…21845
 * @param holdSeconds after which silence a neighbour is gone, 3…65535, at least three times the former
 * @param connectRetrySeconds how long to wait between attempts to connect, 1…65535
 * @param isRestartGraceful whether routes are kept while the neighbour restarts (RFC 4724)
 */
public record SessionTimers(int keepaliveSeconds, int holdSeconds, int connectRetrySeconds, boolean isRestartGraceful) {

    /** What suits most networks. */
    public static final SessionTimers USUAL = new SessionTimers(10, 30, 10, true);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public SessionTimers {
        Checks.inRange("holdSeconds", holdSeconds, 3, 0xffff);
        Checks.inRange("keepaliveSeconds", keepaliveSeconds, 1, holdSeconds / 3);
        Checks.inRange("connectRetrySeconds", connectRetrySeconds, 1, 0xffff);
    }
}
