package io.foreshard.flowshaper.control;

import io.foreshard.coreapi.PathSample;
import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.simulator.fluid.FluidQueue;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleBiFunction;

/**
 * Shapers in front of one bottleneck of 1 MB/s, as fluids on virtual time. Each shaper sees the queue delay as it was a round trip ago,
 * at samples, and sets its rate at control steps that do not coincide with those of the others.
 */
final class FluidRun {

    static final double CAPACITY = 1e6;

    final double roundTrip;
    final double step;
    final double sampling;
    private final List<DelayCalculator> laws = new ArrayList<>();
    final List<Moment> moments = new ArrayList<>();
    private ToDoubleBiFunction<Double, Integer> demand = (seconds, shaper) -> 0.8 * CAPACITY;
    private DoubleUnaryOperator capacity = seconds -> CAPACITY;
    private DoubleUnaryOperator reported = seconds -> Double.NaN;
    private double loopScale = 1;
    private double noise;
    private DoubleUnaryOperator blind = seconds -> 0;
    private boolean watched;
    private double late;
    private DoubleUnaryOperator foreign = seconds -> 0;
    private DoubleUnaryOperator roundTripThen = seconds -> 0;

    /** What was true at a time; the rates are those into the bottleneck, of all shapers and of the first. */
    record Moment(double seconds, double queueSeconds, double rate, double firstRate, double backlogBytes) {}

    private record Sample(double queueSeconds, double madeAt) {}

    /** All in seconds. */
    FluidRun(double roundTrip, double step, double sampling, DelayCalculator... laws) {
        this.roundTrip = roundTrip;
        this.step = step;
        this.sampling = sampling;
        this.laws.addAll(List.of(laws));
    }

    /** A loop delay made of seven parts round trip, two parts control step and one part sampling. */
    static FluidRun ofLoop(double loopSeconds, DelayCalculator... laws) {
        return new FluidRun(0.7 * loopSeconds, 0.2 * loopSeconds, 0.2 * loopSeconds, laws);
    }

    double loop() {
        return roundTrip + step + sampling / 2 + late;
    }

    FluidRun demand(ToDoubleBiFunction<Double, Integer> bytesPerSecond) {
        demand = bytesPerSecond;
        return this;
    }

    FluidRun capacity(DoubleUnaryOperator bytesPerSecond) {
        capacity = bytesPerSecond;
        return this;
    }

    /** What telemetry says of the capacity; NaN for the highest rate released without a queue. */
    FluidRun reported(DoubleUnaryOperator bytesPerSecond) {
        reported = bytesPerSecond;
        return this;
    }

    /** By how much the loop delay is taken for longer than it is. */
    FluidRun loopScale(double factor) {
        loopScale = factor;
        return this;
    }

    /** Standard deviation of a sample, in seconds. */
    FluidRun noise(double seconds) {
        noise = seconds;
        return this;
    }

    /** When no sample comes: where it is above 0. */
    FluidRun blind(DoubleUnaryOperator when) {
        blind = when;
        return this;
    }

    /** What others send into the bottleneck, without regard to anything. */
    FluidRun foreign(DoubleUnaryOperator bytesPerSecond) {
        foreign = bytesPerSecond;
        return this;
    }

    /** How long a sample takes to be seen, in seconds; it says so by its age. */
    FluidRun late(double seconds) {
        late = seconds;
        return this;
    }

    /** Lets each shaper see through a watch of its own, from latencies, rather than the queue delay itself. */
    FluidRun watched() {
        watched = true;
        return this;
    }

    /** By how many seconds the path is longer than at first. */
    FluidRun longerBy(DoubleUnaryOperator seconds) {
        roundTripThen = seconds;
        return this;
    }

    FluidRun run(double untilSeconds, long seed) {
        Random random = new Random(seed);
        double tick = Math.min(roundTrip, Math.min(step, sampling)) / 20;
        FluidQueue queue = new FluidQueue(tick, (int) Math.round(roundTrip / tick));
        List<Shaper> shapers = new ArrayList<>();
        for (int i = 0; i < laws.size(); i++) {
            shapers.add(new Shaper(laws.get(i), step * (1 + (double) i / laws.size())));
        }
        Deque<Sample> onTheirWay = new ArrayDeque<>();
        Sample seen = new Sample(0, 0);
        double nextSample = 0;
        for (long k = 0; k * tick < untilSeconds; k++) {
            double now = k * tick;
            double first = 0;
            double inflow = 0;
            double backlog = 0;
            for (int i = 0; i < shapers.size(); i++) {
                double flow = shapers.get(i).flow(demand.applyAsDouble(now, i), tick);
                first = i == 0 ? flow : first;
                inflow += flow;
                backlog += shapers.get(i).backlog;
            }
            queue.tick(inflow + foreign.applyAsDouble(now), capacity.applyAsDouble(now));
            if (now >= nextSample) {
                nextSample += sampling;
                if (blind.applyAsDouble(now) <= 0) {
                    onTheirWay.add(new Sample(queue.seenSeconds() + noise * random.nextGaussian(), now));
                }
            }
            while (!onTheirWay.isEmpty() && onTheirWay.getFirst().madeAt <= now - late) {
                seen = onTheirWay.removeFirst();
            }
            for (Shaper shaper : shapers) {
                shaper.control(now, seen.queueSeconds, now - seen.madeAt);
            }
            moments.add(new Moment(now, queue.delaySeconds(), inflow, first, backlog));
        }
        return this;
    }

    /** Returns how long after a time the queue was last further than a band from a target, in seconds. */
    double settlingSeconds(double fromSeconds, double targetSeconds, double bandSeconds) {
        double last = fromSeconds;
        for (Moment moment : moments) {
            if (moment.seconds >= fromSeconds && Math.abs(moment.queueSeconds - targetSeconds) > bandSeconds) {
                last = moment.seconds;
            }
        }
        return last - fromSeconds;
    }

    List<Moment> between(double fromSeconds, double toSeconds) {
        return moments.stream()
                .filter(moment -> moment.seconds >= fromSeconds && moment.seconds < toSeconds)
                .toList();
    }

    static double meanRate(List<Moment> span) {
        return span.stream().mapToDouble(Moment::rate).average().orElseThrow();
    }

    /** Returns the first shaper's part of what flows into the bottleneck. */
    static double firstShare(List<Moment> span) {
        return span.stream().mapToDouble(Moment::firstRate).sum()
                / span.stream().mapToDouble(Moment::rate).sum();
    }

    static double meanQueue(List<Moment> span) {
        return span.stream().mapToDouble(Moment::queueSeconds).average().orElseThrow();
    }

    static double maxQueue(List<Moment> span) {
        return span.stream().mapToDouble(Moment::queueSeconds).max().orElseThrow();
    }

    static double swing(List<Moment> span) {
        return maxQueue(span)
                - span.stream().mapToDouble(Moment::queueSeconds).min().orElseThrow();
    }

    private final class Shaper {

        private final DelayCalculator law;
        private final StubView view = new StubView();
        private double rate = DelayCalculator.UNLIMITED;
        private double backlog;
        private double arrived;
        private double released;
        private double highest;
        private double next;
        private double last;
        private final BottleneckWatch watch = BottleneckWatch.builder("fluid")
                .step(Duration.ofNanos(nanos(step)))
                .build();

        Shaper(DelayCalculator law, double first) {
            this.law = law;
            this.next = first;
        }

        double flow(double offered, double tick) {
            arrived += offered * tick;
            backlog += offered * tick;
            double out = Math.min(backlog, rate * tick);
            backlog -= out;
            released += out;
            return out / tick;
        }

        private void watch(double now, double seen, double age, double told) {
            double latency = roundTrip + roundTripThen.applyAsDouble(now) + seen;
            PathSample sample = new PathSample(Math.max(0, nanos(latency)), told, Double.NaN, nanos(age), 1);
            BottleneckView found =
                    watch.step(nanos(now), sample, null, (long) arrived, (long) released, (long) backlog, rate);
            arrived = 0;
            released = 0;
            rate = law.rateBytesPerSecond(found, nanos(now));
        }

        void control(double now, double seen, double age) {
            if (now < next) {
                return;
            }
            double span = now - last;
            last = now;
            next += step;
            double told = reported.applyAsDouble(now);
            if (watched) {
                watch(now, seen, age, told);
                return;
            }
            highest = seen < 0.001 ? Math.max(highest, released / span) : highest;
            view.stepNanos = nanos(step);
            view.loopDelayNanos = nanos(loop() * loopScale);
            view.queueDelayNanos = Math.max(0, seen) * 1e9;
            view.baseLatencyNanos = roundTrip * 1e9;
            view.capacity = Double.isNaN(told) ? highest : told;
            view.pathAgeNanos = nanos(age);
            view.rate = rate;
            view.arrival = arrived / span;
            view.release = released / span;
            view.backlogBytes = (long) backlog;
            arrived = 0;
            released = 0;
            rate = law.rateBytesPerSecond(view, nanos(now));
        }
    }

    static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
