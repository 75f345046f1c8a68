package io.foreshard.telemetry.recorder;

/**
 * A series of steps of one length, ready for a {@link io.foreshard.coreapi.Forecaster}. The array is the holder's.
 */
public final class RecordedSeries {

    private final long startEpochNanos;
    private final long stepNanos;
    private final double[] values;

    RecordedSeries(long startEpochNanos, long stepNanos, double[] values) {
        this.startEpochNanos = startEpochNanos;
        this.stepNanos = stepNanos;
        this.values = values;
    }

    /** {@return the begin of the first step, in nanoseconds since 1970 UTC} */
    public long startEpochNanos() {
        return startEpochNanos;
    }

    /** {@return the length of a step in nanoseconds} */
    public long stepNanos() {
        return stepNanos;
    }

    /** {@return a copy of the values, oldest first, NaN where nothing is known} */
    public double[] values() {
        return values.clone();
    }
}
