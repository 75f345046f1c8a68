package io.foreshard.transport;

import io.foreshard.shardcodec.Contract;
import io.foreshard.shardcodec.TrafficClass;
import java.time.Duration;

/**
 * What a message is promised.
 *
 * @param contract reliable, with a deadline, or best effort
 * @param deadline time from sending to delivery; {@link Duration#ZERO} unless the contract is {@link Contract#DEADLINE}
 * @param trafficClass how urgent it is, carried to the receiver
 */
public record MessageOptions(Contract contract, Duration deadline, TrafficClass trafficClass) {

    /** Longest deadline that the wire expresses. */
    public static final Duration MAX_DEADLINE = Duration.ofMillis(65_535);

    private static final MessageOptions RELIABLE =
            new MessageOptions(Contract.RELIABLE, Duration.ZERO, TrafficClass.STANDARD);
    private static final MessageOptions BEST_EFFORT =
            new MessageOptions(Contract.BEST_EFFORT, Duration.ZERO, TrafficClass.STANDARD);

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
        return new MessageOptions(Contract.DEADLINE, deadline, TrafficClass.STANDARD);
    }

    /**
     * Returns these options with another traffic class.
     *
     * @param value how urgent the message is; {@link TrafficClass#STANDARD} unless set
     */
    public MessageOptions withTrafficClass(TrafficClass value) {
        return new MessageOptions(contract, deadline, value);
    }
}
