package io.foreshard.stackvirt.spi;

import io.foreshard.runtime.Checks;
import java.time.Duration;

/**
 * How it is found out that a stack does not work any more. A stack is asked over the link that carries its messages, so one that answers
 * these questions but no messages is judged by its messages too.
 *
 * @param interval between two questions to a running stack
 * @param timeout after which a question, or the wait for the first answer of a new stack, counts as failed
 * @param failures how many in a row replace a stack
 */
public record HealthCheck(Duration interval, Duration timeout, int failures) {

    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration MOST = Duration.ofHours(1);

    // Behind the bounds, which its checks need.
    /** Every second, with a time-out of two, and three failures. */
    public static final HealthCheck DEFAULT = new HealthCheck(Duration.ofSeconds(1), Duration.ofSeconds(2), 3);

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public HealthCheck {
        Checks.duration("interval", interval, LEAST, MOST);
        Checks.duration("timeout", timeout, LEAST, MOST);
        Checks.inRange("failures", failures, 1, 1000);
    }
}
