package io.foreshard.telemetry;

import io.foreshard.runtime.Checks;
import java.time.Duration;

/**
 * How trust in an observation falls with its age: full for one interval, because the next is not due before; then evenly to 0 at
 * three intervals, from where on nothing is known.
 *
 * @param intervalNanos time between two observations of a source that works, in nanoseconds, above 0
 */
public record Freshness(long intervalNanos) {

    /** How many intervals an observation lasts. */
    public static final int INTERVALS_KEPT = 3;

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /**
     * Checks the interval.
     *
     * @throws IllegalArgumentException if it is not above 0 or above one day
     */
    public Freshness {
        Checks.inRange("intervalNanos", intervalNanos, 1, LONGEST.toNanos());
    }

    /**
     * {@return the freshness of a source}
     *
     * @param interval time between two of its observations, 1 ms … 1 day
     * @throws IllegalArgumentException if the interval is outside
     */
    public static Freshness of(Duration interval) {
        return new Freshness(Checks.duration("interval", interval, SHORTEST, LONGEST));
    }

    /** {@return the age at which nothing is known any more, in nanoseconds} */
    public long lifeNanos() {
        return INTERVALS_KEPT * intervalNanos;
    }

    /**
     * {@return the confidence that is left, 0…1}
     *
     * @param initial the confidence when the observation was made, 0…1
     * @param ageNanos time since then; an observation from the future counts as new
     */
    public double confidence(double initial, long ageNanos) {
        double left = (double) (lifeNanos() - ageNanos) / (lifeNanos() - intervalNanos);
        return initial * Math.max(0, Math.min(1, left));
    }
}
