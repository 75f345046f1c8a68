package io.foreshard.jmh.shaper;

import io.foreshard.coreapi.PathSample;
import io.foreshard.flowshaper.control.BottleneckWatch;
import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.FlowView;
import io.foreshard.simulator.fluid.FluidQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One law before one bottleneck, as fluids on virtual time. The law sees what a watch makes of latencies, sampled each fifth of a loop
 * delay, and acts as often; seven tenths of the loop delay are the round trip. From the tenth loop delay on demand is 1.4 of the capacity, before it
 * is 0.8.
 */
final class StepResponseRun {

    private static final double CAPACITY = 12.5e6;
    private static final int STEP_AT_LOOPS = 10;
    private static final int LOOPS = 70;
    private static final int TAIL_LOOPS = 15;
    private static final int TICKS_PER_LOOP = 1000;
    private static final double SAMPLING_SHARE = 0.2;
    private static final double ROUND_TRIP_SHARE = 0.7;
    private static final double LEAST_TARGET_SECONDS = 0.005;
    private static final double TARGET_SHARE = 0.05;
    /** A queue this near its target has settled, in loop delays. */
    private static final double BAND = 0.1;

    private static final double LEAST_BAND_SECONDS = 0.0025;
    /** What flows in is then within this share of the capacity. */
    private static final double FLOW_BAND = 0.1;

    private static final int TRACE_LOOPS = 5;

    private final double loop;
    private final double tick;
    private final DelayCalculator law;
    private final BottleneckWatch watch;
    private final double[] arrived;
    private double left;
    private double rate = DelayCalculator.UNLIMITED;
    private double delay;
    private double countedArrived;
    private double countedLeft;

    /**
     * What came of it, in loop delays.
     *
     * @param settling after the step, infinite if never
     * @param swing longest less shortest queue at the end, less what it grew by
     * @param queue its mean at the end
     * @param trace the queue at the step and each five loop delays after it
     */
    record Result(double settling, double swing, double queue, List<Double> trace) {

        Result {
            trace = List.copyOf(trace);
        }
    }

    StepResponseRun(double loopSeconds, DelayCalculator law) {
        this.loop = loopSeconds;
        this.tick = loopSeconds / TICKS_PER_LOOP;
        this.law = law;
        this.arrived = new double[LOOPS * TICKS_PER_LOOP + 1];
        this.watch = BottleneckWatch.builder("step response")
                .step(Duration.ofNanos(nanos(SAMPLING_SHARE * loopSeconds)))
                .build();
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    Result run() {
        FluidQueue queue = new FluidQueue(tick, (int) (ROUND_TRIP_SHARE * TICKS_PER_LOOP));
        double[] delays = new double[LOOPS * TICKS_PER_LOOP];
        double[] flows = new double[delays.length];
        int perStep = (int) (SAMPLING_SHARE * TICKS_PER_LOOP);
        for (int k = 0; k < delays.length; k++) {
            arrived[k + 1] = arrived[k] + (k < STEP_AT_LOOPS * TICKS_PER_LOOP ? 0.8 : 1.4) * CAPACITY * tick;
            int eligible = Math.max(0, k + 1 - (int) (delay / tick));
            double out = Math.max(0, Math.min(arrived[eligible] - left, rate * tick));
            left += out;
            queue.tick(out / tick, CAPACITY);
            delays[k] = queue.delaySeconds();
            flows[k] = out / tick;
            if (k % perStep == perStep - 1) {
                control(k, queue.seenSeconds());
            }
        }
        return result(delays, flows);
    }

    private void control(int ticks, double seenSeconds) {
        long now = nanos((ticks + 1) * tick);
        PathSample sample = new PathSample(nanos(ROUND_TRIP_SHARE * loop + seenSeconds), Double.NaN, Double.NaN, 0, 1);
        BottleneckView view = watch.step(
                now,
                sample,
                null,
                (long) (arrived[ticks + 1] - countedArrived),
                (long) (left - countedLeft),
                (long) (arrived[ticks + 1] - left),
                rate);
        countedArrived = arrived[ticks + 1];
        countedLeft = left;
        double next = law.rateBytesPerSecond(view, now);
        rate = next > 0 ? next : DelayCalculator.UNLIMITED;
        delay = Math.max(0, law.delayNanos(new AnyFlow(), view)) / 1e9;
    }

    private Result result(double[] delays, double[] flows) {
        double target = Math.max(LEAST_TARGET_SECONDS, TARGET_SHARE * loop);
        double band = Math.max(LEAST_BAND_SECONDS, BAND * loop);
        int last = STEP_AT_LOOPS * TICKS_PER_LOOP;
        for (int k = last; k < delays.length; k++) {
            boolean off = Math.abs(delays[k] - target) > band || Math.abs(flows[k] / CAPACITY - 1) > FLOW_BAND;
            last = off ? k + 1 : last;
        }
        double least = Double.MAX_VALUE;
        double most = 0;
        double sum = 0;
        int from = delays.length - TAIL_LOOPS * TICKS_PER_LOOP;
        for (int k = from; k < delays.length; k++) {
            least = Math.min(least, delays[k]);
            most = Math.max(most, delays[k]);
            sum += delays[k];
        }
        double grown = Math.max(0, delays[delays.length - 1] - delays[from]);
        double swing = Math.max(0, most - least - grown) / loop;
        boolean settled = last < from && swing < BAND;
        double settling = (last - STEP_AT_LOOPS * TICKS_PER_LOOP) / (double) TICKS_PER_LOOP;
        return new Result(
                settled ? settling : Double.POSITIVE_INFINITY,
                swing,
                sum / (TAIL_LOOPS * TICKS_PER_LOOP) / loop,
                trace(delays));
    }

    private List<Double> trace(double[] delays) {
        List<Double> trace = new ArrayList<>();
        for (int k = STEP_AT_LOOPS * TICKS_PER_LOOP; k < delays.length; k += TRACE_LOOPS * TICKS_PER_LOOP) {
            trace.add(delays[k] / loop);
        }
        return trace;
    }

    /** The laws compared treat all flows alike. */
    private record AnyFlow() implements FlowView {

        @Override
        public int packetBytes() {
            return 1200;
        }

        @Override
        public long queuedBytes() {
            return 1200;
        }

        @Override
        public double weight() {
            return 1;
        }

        @Override
        public int classIndex() {
            return 0;
        }

        @Override
        public double latencyNanos() {
            return Double.NaN;
        }

        @Override
        public double leastLatencyNanos() {
            return Double.NaN;
        }

        @Override
        public double loadBytesPerSecond() {
            return Double.NaN;
        }
    }
}
