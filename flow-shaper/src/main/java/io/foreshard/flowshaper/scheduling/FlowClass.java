package io.foreshard.flowshaper.scheduling;

import io.foreshard.runtime.Checks;
import java.time.Duration;

/**
 * What flows have in common: their share, and how long their packets may wait.
 *
 * @param name what the application calls it
 * @param weight share of each of its flows relative to others of the same bottleneck, 1/64…64
 * @param delayBudget how long a packet may wait, 1 ms…1 min. One that stays above it for an interval is marked or dropped, but
 *     not in a stream: there the bytes that wait make the sender pause
 */
public record FlowClass(String name, double weight, Duration delayBudget) {

    /** Weight 1, a budget of half a second. */
    public static final FlowClass DEFAULT = new FlowClass("default", 1, Duration.ofMillis(500));

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException as {@code name: value (expected: …)} if a value is out of its range
     */
    public FlowClass {
        Checks.inRange("weight", weight, 1.0 / 64, 64);
        Checks.duration("delayBudget", delayBudget, Duration.ofMillis(1), Duration.ofMinutes(1));
    }
}
