package io.foreshard.forecast.decision;

import java.time.Duration;

/**
 * A switch that does not flap: it goes on at once when a value reaches one threshold, and off only after the value has stayed at or below
 * a lower one for a while. Confined to one thread; allocates nothing.
 */
public final class Hysteresis {

    private final double onAt;
    private final double offAt;
    private final long holdNanos;
    private boolean on;
    private boolean calm;
    private long calmSinceNanos;

    /**
     * Makes a switch that is off.
     *
     * @param onAt goes on at this value or above, such as a probability of 0.2
     * @param offAt may go off at this value or below; at most {@code onAt}
     * @param hold how long the value has to stay there, at least 0
     * @throws IllegalArgumentException if a threshold is NaN, they are in the wrong order, or the time is negative or above 292 years
     */
    public Hysteresis(double onAt, double offAt, Duration hold) {
        Checks.requireNumber("onAt", onAt);
        if (!(offAt <= onAt)) {
            throw new IllegalArgumentException("offAt: " + offAt + " (expected: <= onAt, " + onAt + ")");
        }
        if (hold.isNegative() || hold.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("hold: " + hold + " (expected: 0…292 years)");
        }
        this.onAt = onAt;
        this.offAt = offAt;
        holdNanos = hold.toNanos();
    }

    /**
     * Takes a value.
     *
     * @param value the newest one; {@link Double#NaN} when it is not known, which keeps the switch as it is and does not count as calm
     * @param nowNanos the time, of any clock that does not go back
     * @return whether the switch is on
     */
    public boolean update(double value, long nowNanos) {
        if (!(value <= offAt)) {
            calm = false;
        } else if (!calm) {
            calm = true;
            calmSinceNanos = nowNanos;
        }
        if (value >= onAt) {
            on = true;
        } else if (calm && nowNanos - calmSinceNanos >= holdNanos) {
            on = false;
        }
        return on;
    }

    /** Returns whether the switch is on. */
    public boolean isOn() {
        return on;
    }
}
