package io.foreshard.telemetry;

import io.foreshard.runtime.Checks;
import java.time.Duration;

/** Configures a {@link PushTelemetry}. Not thread-safe. */
public final class PushTelemetryBuilder {

    private static final int MOST_DESTINATIONS = 1 << 20;
    private static final int MOST_STEPS = 1 << 20;

    private Freshness freshness = new Freshness(Duration.ofSeconds(1).toNanos());
    private int maxDestinations = 1024;
    private int seriesSteps = 512;
    private TelemetryCounters counters = new TelemetryCounters();
    private TelemetryListener listener = TelemetryListener.NOOP;

    PushTelemetryBuilder() {}

    /**
     * Sets how often each destination is observed; by default every second. It is also the step of the series.
     *
     * @param value 1 ms … 1 day
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public PushTelemetryBuilder interval(Duration value) {
        freshness = Freshness.of(value);
        return this;
    }

    /**
     * Sets how many addresses and prefixes are held at most; by default 1024. A new one takes the place of one of which nothing is
     * known any more; where none is found, it is counted as {@link TelemetryReason#TABLE_FULL} and not taken.
     *
     * @param value 1…1 048 576
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public PushTelemetryBuilder maxDestinations(int value) {
        maxDestinations = Checks.inRange("maxDestinations", value, 1, MOST_DESTINATIONS);
        return this;
    }

    /**
     * Sets how many intervals the series of a server go back; by default 512, which is 18 kB for each server of which a load was
     * pushed. With 0, no series are kept.
     *
     * @param value 0, or 2…1 048 576
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public PushTelemetryBuilder seriesSteps(int value) {
        Checks.require(
                value == 0 || (value >= 2 && value <= MOST_STEPS), "seriesSteps", value, "0, or 2…" + MOST_STEPS);
        seriesSteps = value;
        return this;
    }

    /**
     * Sets what counts; by default counters of its own.
     *
     * @param value may be shared with other sources
     * @return this
     */
    public PushTelemetryBuilder counters(TelemetryCounters value) {
        counters = value;
        return this;
    }

    /**
     * Sets who is told what is believed; by default nobody.
     *
     * @param value for instance a recorder
     * @return this
     */
    public PushTelemetryBuilder listener(TelemetryListener value) {
        listener = value;
        return this;
    }

    /** {@return a source of which nothing is known yet} */
    public PushTelemetry build() {
        return new DefaultPushTelemetry(freshness, maxDestinations, seriesSteps, counters, listener);
    }
}
