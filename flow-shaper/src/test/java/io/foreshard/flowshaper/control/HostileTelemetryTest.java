package io.foreshard.flowshaper.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.simulator.Property;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTelemetryTest {

    private static FluidRun watched(double loop, double demand) {
        return FluidRun.ofLoop(loop, PacedDelayCalculator.builder().build())
                .watched()
                .demand((seconds, shaper) -> (seconds < 10 * loop ? 0.8 : demand) * FluidRun.CAPACITY);
    }

    private static double share(List<FluidRun.Moment> span) {
        return FluidRun.meanRate(span) / FluidRun.CAPACITY;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 1})
    void holdsTheCapacityItKnewWhileTheSourceIsDead(double loop) {
        FluidRun run = watched(loop, 1.4).blind(seconds -> seconds > 30 * loop && seconds < 60 * loop ? 1 : 0);
        run.run(100 * loop, 1);
        assertEquals(1, share(run.between(30 * loop, 60 * loop)), 0.03);
        assertEquals(1, share(run.between(80 * loop, 100 * loop)), 0.005);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 1})
    void takesNoNoiseForAQueue(double loop) {
        FluidRun light = watched(loop, 0.9).noise(0.1 * loop);
        light.run(100 * loop, 1);
        assertEquals(0.9, share(light.between(50 * loop, 100 * loop)), 0.01);
        FluidRun full = watched(loop, 1.4).noise(0.1 * loop);
        full.run(100 * loop, 1);
        assertEquals(1, share(full.between(30 * loop, 100 * loop)), 0.01);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 1})
    void learnsThatThePathIsLongerNow(double loop) {
        for (double demand : new double[] {0.8, 1.4}) {
            FluidRun run = watched(loop, demand).longerBy(seconds -> seconds > 30 * loop ? 0.5 * loop : 0);
            run.run(400 * loop, 1);
            assertTrue(share(run.between(150 * loop, 200 * loop)) > 0.99 * Math.min(1, demand));
            assertEquals(Math.min(1, demand), share(run.between(350 * loop, 400 * loop)), 0.005);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 1})
    void neverTakesAStandingQueueForThePath(double loop) {
        FluidRun run = watched(loop, 1.4);
        run.run(1000 * loop, 1);
        double early = FluidRun.meanQueue(run.between(100 * loop, 150 * loop));
        assertEquals(early, FluidRun.meanQueue(run.between(950 * loop, 1000 * loop)), 0.05 * early);
    }

    @Test
    void goesToTheBaseRateWhenNothingIsKnownAnyMore() {
        DelayCalculator law = PacedDelayCalculator.builder().baseRate(3e5).build();
        StubView view = new StubView();
        long now = congest(law, view);
        double engaged = law.rateBytesPerSecond(view, now);
        assertTrue(engaged < 1e6, () -> "rate " + engaged);
        view.queueDelayNanos = Double.NaN;
        view.capacity = Double.NaN;
        for (int i = 0; i < 400; i++) {
            now += view.stepNanos;
            double rate = law.rateBytesPerSecond(view, now);
            assertTrue(rate > 0.99 * Math.min(engaged, 3e5), () -> "rate " + rate);
        }
        assertEquals(3e5, law.rateBytesPerSecond(view, now), 0.02 * 3e5);
    }

    private static long congest(DelayCalculator law, StubView view) {
        view.capacity = 1e6;
        view.arrival = 1.4e6;
        view.release = 1.4e6;
        view.pathAgeNanos = 0;
        long now = 0;
        for (int i = 0; i < 12; i++) {
            now += view.stepNanos;
            view.queueDelayNanos = i * 0.4 * view.stepNanos;
            law.rateBytesPerSecond(view, now);
        }
        return now;
    }

    @Test
    void doesNotLimitWhatItKnowsNothingOf() {
        DelayCalculator law = PacedDelayCalculator.builder().build();
        StubView view = new StubView();
        for (int i = 0; i < 100; i++) {
            assertEquals(DelayCalculator.UNLIMITED, law.rateBytesPerSecond(view, i * view.stepNanos));
        }
    }

    @Test
    void answersAboveZeroWhateverItIsTold() {
        double[] odd = {
            Double.NaN,
            -1,
            0,
            1e-300,
            1,
            1e6,
            1e18,
            Double.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY
        };
        long[] times = {Long.MIN_VALUE, -1, 0, 1, 20_000_000, Long.MAX_VALUE};
        Property.named("a rate is above 0").runs(200).maxSize(200).check((random, size) -> {
            DelayCalculator law = PacedDelayCalculator.builder().build();
            StubView view = new StubView();
            long now = 0;
            for (int i = 0; i < size; i++) {
                view.queueDelayNanos = odd[random.nextInt(odd.length)];
                view.capacity = odd[random.nextInt(odd.length)];
                view.expected = odd[random.nextInt(odd.length)];
                view.serverLoad = odd[random.nextInt(odd.length)];
                view.release = odd[random.nextInt(odd.length)];
                view.arrival = odd[random.nextInt(odd.length)];
                view.loopDelayNanos = times[random.nextInt(times.length)];
                view.pathAgeNanos = Math.abs(times[1 + random.nextInt(times.length - 1)]);
                view.loadAgeNanos = Math.abs(times[1 + random.nextInt(times.length - 1)]);
                view.backlogBytes = random.nextInt(2) == 0 ? 0 : Long.MAX_VALUE;
                now = random.nextInt(20) == 0 ? times[random.nextInt(times.length)] : now + view.stepNanos;
                double rate = law.rateBytesPerSecond(view, now);
                assertTrue(rate > 0, () -> "rate " + rate);
            }
        });
    }

    /** The highest rate of late may be that of a burst into buffers which were empty. */
    @Test
    void aMomentWithoutSightLeavesTheRateNearWhatItWas() {
        PacedDelayCalculator law = PacedDelayCalculator.builder().build();
        StubView view = new StubView();
        view.stepNanos = 10_000_000;
        view.loopDelayNanos = 20_000_000;
        view.release = 5e6;
        view.arrival = 8e6;
        view.backlogBytes = 500_000;
        view.pathAgeNanos = 0;
        view.queueDelayNanos = 8e6;
        view.capacity = 5e6;
        double before = 0;
        for (int step = 1; step < 50; step++) {
            view.queueDelayNanos = step < 15 ? 8e6 : 5e6;
            before = law.rateBytesPerSecond(view, step * view.stepNanos);
            view.release = Math.min(5e6, before);
        }
        view.capacity = 18e6;
        view.queueDelayNanos = Double.NaN;
        double after = 0;
        for (int step = 50; step < 80; step++) {
            after = law.rateBytesPerSecond(view, step * view.stepNanos);
        }
        assertEquals(1.1, after / before, 0.2);
    }
}
