package io.foreshard.flowshaper.control;

import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.GateListener;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReport;
import io.foreshard.coreapi.NodeLoad;
import io.foreshard.coreapi.PathSample;
import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.runtime.Checks;
import io.foreshard.runtime.SkillGate;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link BottleneckView} out of what an engine counted and what telemetry says, once per control step. Keeps the baseline of
 * the latency, the highest delivery rate and the loop delay as they are seen; knows no clock and no socket.
 *
 * <p>Nothing that comes in is believed blindly: stray samples, noise and values that are out of range are left out, a source that falls silent
 * turns into NaN, never into 0, and a clock that jumps starts the watch anew. Belongs to one thread at a time, that of the control
 * step; the views are immutable and for any thread.
 */
public final class BottleneckWatch {

    private static final double STALE_INTERVALS = 3;
    private static final double LEAST_STALE_LOAD_NANOS = 5e9;
    private static final double LONGEST_WAIT_NANOS = 60e9;
    private static final long LONGEST_SILENCE_STEPS = 64;

    private final String name;
    private final long stepNanos;
    private final @Nullable CapacityForecast forecast;
    private final PathFacts path;
    private final SampleClock loadClock;
    private final DeliveryRate delivery = new DeliveryRate();
    private final ServedRate served = new ServedRate();
    private double serverLoad = Double.NaN;
    private long succeeded;
    private long failed;
    private long lastNanos;
    private double arrival;
    private double release;
    private double lastAvailable = Double.NaN;

    private BottleneckWatch(Builder builder) {
        name = builder.name;
        stepNanos = builder.stepNanos;
        forecast = builder.forecast();
        path = new PathFacts(stepNanos, (double) builder.assumedLoopNanos);
        loadClock = new SampleClock(stepNanos);
    }

    /**
     * Returns a builder with the defaults.
     *
     * @param name what the views and the gate's reports call the bottleneck
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /**
     * Takes the outcomes of requests since the last step, before the next one.
     *
     * @param succeededRequests that were of use
     * @param failedRequests that were not
     */
    public void completed(long succeededRequests, long failedRequests) {
        succeeded += Math.max(0, succeededRequests);
        failed += Math.max(0, failedRequests);
    }

    /**
     * Takes a control step.
     *
     * @param nowNanos the clock; a call at the time of the one before, or earlier, counts no bytes
     * @param sample the newest sample of the path, the same one as often as it is the newest, or {@code null}
     * @param load the newest load of the server at its end, likewise
     * @param arrivedBytes bytes that arrived since the last step
     * @param releasedBytes bytes that were let through since the last step
     * @param backlogBytes bytes that wait now
     * @param rateBytesPerSecond the rate in force, {@link DelayCalculator#UNLIMITED} when there is none
     * @return what is known now
     */
    public BottleneckView step(
            long nowNanos,
            @Nullable PathSample sample,
            @Nullable NodeLoad load,
            long arrivedBytes,
            long releasedBytes,
            long backlogBytes,
            double rateBytesPerSecond) {
        long elapsed = nowNanos - lastNanos;
        boolean jumped = delivery.isEmpty() || elapsed < 0 || elapsed / LONGEST_SILENCE_STEPS > stepNanos;
        if (jumped) {
            restart(nowNanos);
        }
        lastNanos = nowNanos;
        if (elapsed > 0 && !jumped) {
            arrival = Math.max(0, arrivedBytes) * 1e9 / elapsed;
            release = Math.max(0, releasedBytes) * 1e9 / elapsed;
            served.step(Math.max(0, releasedBytes), succeeded, failed, elapsed);
            succeeded = 0;
            failed = 0;
        }
        path.take(nowNanos, sample);
        takeLoad(nowNanos, load);
        double loop = path.loopNanos();
        double queue = path.queueNanos(nowNanos, loop);
        if (elapsed > 0 && !jumped) {
            path.step(release, delivery, elapsed, loop);
            delivery.step(nowNanos, (double) Math.max(0, releasedBytes), queue, (double) stepNanos, loop);
            lookAhead(nowNanos, queue, loop, Math.max(0, backlogBytes), rateBytesPerSecond);
        }
        return view(nowNanos, queue, loop, Math.max(0, backlogBytes), rateBytesPerSecond);
    }

    private void restart(long nowNanos) {
        delivery.restart(nowNanos);
        served.restart();
        path.restart();
        loadClock.forget();
    }

    private void takeLoad(long nowNanos, @Nullable NodeLoad load) {
        if (load != null && load.confidence() > 0 && loadClock.isNew(nowNanos, load.ageNanos())) {
            serverLoad = load.combined();
        }
    }

    private void lookAhead(long nowNanos, double queue, double loop, long backlog, double rate) {
        if (forecast == null) {
            return;
        }
        double wait = backlog == 0 ? 0 : backlog * 1e9 / Math.max(1, Math.min(rate, release));
        double cost = path.baseNanos() + queue + Math.min(wait, LONGEST_WAIT_NANOS);
        forecast.onControlStep(nowNanos, available(), cost, Math.min(rate, arrival), loop);
    }

    /** What is left for us. Where forecasts decide how much is sent, what is sent must not confirm them. */
    private double available() {
        if (path.reported() > 0) {
            return path.reported();
        }
        double latest = delivery.latest();
        if (delivery.isLatestBusy() || latest >= lastAvailable || Double.isNaN(lastAvailable)) {
            lastAvailable = latest;
            return latest;
        }
        return forecast != null && forecast.isActive() ? Double.NaN : lastAvailable;
    }

    private BottleneckView view(long nowNanos, double queue, double loop, long backlog, double rate) {
        double capacity = path.capacity(delivery.highest());
        double shrinking = delivery.isLatestBusy() ? 1 - delivery.latest() / capacity : 0;
        long loadAge = loadClock.ageNanos(nowNanos);
        double staleLoad = Math.max(LEAST_STALE_LOAD_NANOS, STALE_INTERVALS * loadClock.intervalNanos());
        return new BottleneckSnapshot(
                name,
                stepNanos,
                (long) loop,
                queue,
                path.baseNanos(),
                capacity,
                forecast == null ? Double.NaN : forecast.expected(nowNanos, loop),
                path.congestion(queue, shrinking),
                loadAge > staleLoad ? Double.NaN : serverLoad,
                path.ageNanos(nowNanos),
                loadAge,
                rate,
                arrival,
                release,
                backlog,
                served.bytesPerSecond());
    }

    /** Returns why forecasts decide, or do not, {@code null} without a forecaster. Any thread. */
    public @Nullable GateReport gate() {
        return forecast == null ? null : forecast.gate().report();
    }

    /** Returns how often the forecaster or its executor failed. Any thread. */
    public long forecastFailures() {
        return forecast == null ? 0 : forecast.failures();
    }

    /** Collects what a watch depends on. Not safe for use by several threads. */
    public static final class Builder {

        private final String name;
        private long stepNanos = Duration.ofMillis(10).toNanos();
        private long assumedLoopNanos = Duration.ofMillis(100).toNanos();
        private long forecastStepNanos = Duration.ofMillis(100).toNanos();
        private @Nullable Forecaster forecaster;
        private Executor executor = Runnable::run;
        private GateMode gateMode = GateMode.FREE;
        private double controlShare = SkillGate.DEFAULT_CONTROL_SHARE;
        private long gateSeed;
        private GateListener gateListener = GateListener.NOOP;

        private Builder(String name) {
            this.name = name;
        }

        /**
         * Sets the time between control steps; 10 ms unless set.
         *
         * @param step 100 µs to 10 s
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder step(Duration step) {
            stepNanos = Checks.duration("step", step, Duration.ofNanos(100_000), Duration.ofSeconds(10));
            return this;
        }

        /**
         * Sets the loop delay to assume before telemetry has told any; 100 ms unless set.
         *
         * @param loop 100 µs to 1 minute
         * @return this
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder assumedLoop(Duration loop) {
            assumedLoopNanos = Checks.duration("assumedLoop", loop, Duration.ofNanos(100_000), Duration.ofMinutes(1));
            return this;
        }

        /**
         * Sets what forecasts the capacity that is left for us, in bytes per second.
         *
         * @param forecaster of this bottleneck alone; called on the executor, once at a time
         * @param executor runs it off the control step; a refusal is counted and that step is not forecast
         * @param step of the series, 1 ms to 1 hour
         * @return this
         * @throws IllegalArgumentException if the step is out of range
         */
        public Builder forecaster(Forecaster forecaster, Executor executor, Duration step) {
            this.forecaster = forecaster;
            this.executor = executor;
            forecastStepNanos = Checks.duration("step", step, Duration.ofMillis(1), Duration.ofHours(1));
            return this;
        }

        /**
         * Sets whether forecasts may decide, and what share of decisions stays without them once they do.
         *
         * @param mode {@link GateMode#FREE} unless set
         * @param controlShare 0 to 0.5; 0.02 unless set
         * @param seed decides which decisions stay
         * @param listener is told of changes, on the thread of the control step
         * @return this
         * @throws IllegalArgumentException if the share is out of range
         */
        public Builder gate(GateMode mode, double controlShare, long seed, GateListener listener) {
            gateMode = mode;
            this.controlShare = Checks.inRange("controlShare", controlShare, 0, 0.5);
            gateSeed = seed;
            gateListener = listener;
            return this;
        }

        private @Nullable CapacityForecast forecast() {
            if (forecaster == null) {
                return null;
            }
            SkillGate gate = new SkillGate(gateMode, controlShare, gateSeed, name, gateListener);
            return new CapacityForecast(forecaster, executor, gate, forecastStepNanos);
        }

        /** Returns the watch, for one bottleneck. */
        public BottleneckWatch build() {
            return new BottleneckWatch(this);
        }
    }
}
