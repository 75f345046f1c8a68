package io.foreshard.stackvirt.virtualizer;

import io.foreshard.runtime.Checks;

/**
 * A message of earlier times, for a virtualizer to learn from.
 *
 * @param protocol its protocol id
 * @param source the network that it came from
 * @param destination the network that it was for
 * @param bytes its length
 * @param fromMillis when it came, in milliseconds since 1970
 * @param untilMillis when it was answered or given up
 */
public record PastMessage(int protocol, long source, long destination, int bytes, long fromMillis, long untilMillis) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if it ended before it came, or its length is negative
     */
    public PastMessage {
        Checks.notNegative("bytes", bytes);
        Checks.require(untilMillis >= fromMillis, "untilMillis", untilMillis, "not before " + fromMillis);
    }
}
