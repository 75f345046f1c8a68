package io.foreshard.transport;

import io.foreshard.shardcodec.Contract;
import java.time.Duration;

/**
 * What a message is promised.
 *
 * @param contract reliable, with a deadline, or best effort
 * @param deadline time from sending to delivery; {@link Duration#ZERO} unless the contract is {@link Contract#DEADLINE}
 * @param trafficClass 0…15, carried to the receiver
 */
public record MessageOptions(Contract contract, Duration deadline, int trafficClass) {

    /** Longest deadline that the wire expresses. */
    public static final Duration MAX_DEADLINE = Duration.ofMillis(65_535);

    private static final MessageOptions RELIABLE = new MessageOptions(Contract.RELIABLE, Duration.ZERO, 0);
    private static final MessageOptions BEST_EFFORT = new MessageOptions(Contract.BEST_EFFORT, Duration.ZERO, 0);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException as {@code name: value (expected: …)}
     */
    public MessageOptions {
        boolean hasDeadline = !deadline.isZero();
        if (hasDeadline != (contract == Contract.DEADLINE)) {
            throw new IllegalArgumentException(
                    "deadline: " + deadline + " (expected: set for the contract DEADLINE only)");
        }
        if (hasDeadline && (deadline.toMillis() < 1 || deadline.compareTo(MAX_DEADLINE) > 0)) {
            throw new IllegalArgumentException("deadline: " + deadline + " (expected: 1 ms…" + MAX_DEADLINE + ")");
        }
        if (trafficClass < 0 || trafficClass > 15) {
            throw new IllegalArgumentException("trafficClass: " + trafficClass + " (expected: 0…15)");
        }
    }

    /** Returns options for a message that is repeated until it is committed. */
    public static MessageOptions reliable() {
        return RELIABLE;
    }

    /** Returns options for a message that is sent once. */
    public static MessageOptions bestEffort() {
        return BEST_EFFORT;
    }

    /**
     * Returns options for a message that is repeated until it is committed or too late.
     *
     * @param deadline time from sending to delivery, 1 ms…{@link #MAX_DEADLINE}
     */
    public static MessageOptions deadline(Duration deadline) {
        return new MessageOptions(Contract.DEADLINE, deadline, 0);
    }

    /**
     * Returns these options with another traffic class.
     *
     * @param value 0…15
     */
    public MessageOptions withTrafficClass(int value) {
        return new MessageOptions(contract, deadline, value);
    }
}
