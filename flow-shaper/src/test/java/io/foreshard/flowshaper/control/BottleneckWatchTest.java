package io.foreshard.flowshaper.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.coreapi.PathSample;
import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.simulator.Property;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BottleneckWatchTest {

    private static final long STEP = 10_000_000;

    private final BottleneckWatch watch = BottleneckWatch.builder("path").build();
    private long now;

    private BottleneckView step(PathSample path, NodeLoad load, long bytes) {
        now += STEP;
        return watch.step(now, path, load, bytes, bytes, 0, DelayCalculator.UNLIMITED);
    }

    private BottleneckView latency(long millis) {
        return step(sample(millis), null, 10_000);
    }

    private static PathSample sample(long millis) {
        return new PathSample(millis * 1_000_000, Double.NaN, Double.NaN, 0, 1);
    }

    @Test
    void knowsNothingAtFirst() {
        BottleneckView view = step(null, null, 0);
        assertEquals("path", view.name());
        assertTrue(Double.isNaN(view.queueDelayNanos()));
        assertTrue(Double.isNaN(view.baseLatencyNanos()));
        assertTrue(Double.isNaN(view.capacityBytesPerSecond()));
        assertTrue(Double.isNaN(view.expectedCapacityBytesPerSecond()));
        assertTrue(Double.isNaN(view.congestionLevel()));
        assertTrue(Double.isNaN(view.serverLoad()));
        assertEquals(Long.MAX_VALUE, view.pathAgeNanos());
        assertEquals(Long.MAX_VALUE, view.loadAgeNanos());
        assertEquals(100_000_000, view.loopDelayNanos());
    }

    @Test
    void tellsTheQueueFromThePath() {
        for (int i = 0; i < 50; i++) {
            latency(40);
        }
        BottleneckView view = latency(40);
        assertEquals(0, view.queueDelayNanos());
        assertEquals(40e6, view.baseLatencyNanos());
        assertEquals(1_000_000, view.arrivalBytesPerSecond(), 1);
        assertEquals(1_000_000, view.capacityBytesPerSecond(), 1);
        for (int i = 0; i < 10; i++) {
            view = latency(60);
        }
        assertEquals(40e6, view.baseLatencyNanos(), 0.1e6);
        assertTrue(view.queueDelayNanos() > 10e6 && view.queueDelayNanos() <= 20e6);
        assertTrue(view.congestionLevel() > 0.15 && view.congestionLevel() < 0.4);
    }

    @Test
    void leavesOutOneStraySample() {
        for (int i = 0; i < 50; i++) {
            latency(40);
        }
        latency(1);
        latency(4000);
        assertEquals(40e6, latency(40).baseLatencyNanos());
        assertEquals(0, latency(40).queueDelayNanos());
    }

    @Test
    void measuresTheLoop() {
        BottleneckView view = latency(40);
        for (int i = 0; i < 50; i++) {
            view = latency(40);
        }
        // Half a sampling interval, one of the filter, the round trip and a control step.
        assertEquals(65e6, (double) view.loopDelayNanos(), 0.1e6);
        PathSample rare = sample(40);
        for (int i = 0; i < 3000; i++) {
            long age = i % 50 * STEP;
            view = step(new PathSample(rare.latencyNanos() + i / 50, Double.NaN, Double.NaN, age, 1), null, 10_000);
        }
        assertEquals(300e6, (double) view.loopDelayNanos(), 5e6);
    }

    @Test
    void forgetsAQueueThatNobodyRenews() {
        for (int i = 0; i < 50; i++) {
            latency(40);
        }
        BottleneckView view = latency(80);
        for (int i = 0; i < 30; i++) {
            view = step(null, null, 10_000);
        }
        assertEquals(300_000_000, view.pathAgeNanos());
        assertTrue(view.queueDelayNanos() >= 0);
        for (int i = 0; i < 20; i++) {
            view = step(null, null, 10_000);
        }
        assertTrue(Double.isNaN(view.queueDelayNanos()));
        assertTrue(Double.isNaN(view.congestionLevel()));
        assertEquals(40e6, view.baseLatencyNanos());
    }

    @Test
    void believesAReportedCapacityByItsConfidence() {
        for (int i = 0; i < 50; i++) {
            latency(40);
        }
        BottleneckView view = step(new PathSample(40_000_000, 3e6, Double.NaN, 0, 0.5), null, 10_000);
        assertEquals(2e6, view.capacityBytesPerSecond(), 1e4);
        view = step(new PathSample(40_000_000, Double.POSITIVE_INFINITY, Double.NaN, 0, 1), null, 10_000);
        assertEquals(1e6, view.capacityBytesPerSecond(), 1e4);
        view = step(new PathSample(40_000_000, 3e6, Double.NaN, 0, 0), null, 10_000);
        assertEquals(1e6, view.capacityBytesPerSecond(), 1e4);
    }

    @Test
    void letsTheLoadOfAServerGrowOldAndThenBeUnknown() {
        BottleneckView view = step(null, new NodeLoad(0.7, Double.NaN, Double.NaN, 0, 1), 0);
        assertEquals(0.7, view.serverLoad());
        for (int i = 0; i < 490; i++) {
            view = step(null, null, 0);
        }
        assertEquals(0.7, view.serverLoad());
        assertEquals(4_900_000_000L, view.loadAgeNanos());
        for (int i = 0; i < 30; i++) {
            view = step(null, null, 0);
        }
        assertTrue(Double.isNaN(view.serverLoad()));
    }

    @Test
    void beginsAnewWhenTheClockJumps() {
        for (int i = 0; i < 50; i++) {
            latency(40);
        }
        now -= 5_000_000_000L;
        assertEquals(Long.MAX_VALUE, step(null, null, 10_000).pathAgeNanos());
        assertEquals(40e6, latency(40).baseLatencyNanos());
        now += 3_600_000_000_000L;
        BottleneckView view = latency(40);
        assertEquals(0, view.pathAgeNanos());
        assertEquals(0, view.queueDelayNanos());
    }

    @Test
    void answersWithinBoundsWhateverItIsTold() {
        long[] odd = {0, 1, 1_000, 1_000_000, 40_000_000, 1_000_000_000_000L, Long.MAX_VALUE};
        double[] rates = {Double.NaN, 0, 1, 1e9, Double.MAX_VALUE, Double.POSITIVE_INFINITY};
        Property.named("a view is within its bounds").runs(100).maxSize(300).check((random, size) -> {
            BottleneckWatch any = BottleneckWatch.builder("any").build();
            long time = 0;
            for (int i = 0; i < size; i++) {
                time = random.nextInt(30) == 0 ? odd[random.nextInt(odd.length)] : time + STEP;
                PathSample path = random.nextInt(5) == 0
                        ? null
                        : new PathSample(
                                odd[random.nextInt(odd.length)],
                                rates[random.nextInt(rates.length)],
                                random.nextInt(2) == 0 ? Double.NaN : 1,
                                odd[random.nextInt(odd.length)],
                                random.nextInt(3) / 2.0);
                BottleneckView view = any.step(
                        time,
                        path,
                        null,
                        odd[random.nextInt(odd.length)] - 5,
                        odd[random.nextInt(odd.length)] - 5,
                        odd[random.nextInt(odd.length)] - 5,
                        rates[random.nextInt(rates.length)]);
                assertSane(view);
            }
        });
    }

    private static void assertSane(BottleneckView view) {
        assertTrue(view.loopDelayNanos() >= view.stepNanos() && view.loopDelayNanos() <= 60_000_000_000L);
        assertTrue(Double.isNaN(view.queueDelayNanos()) || view.queueDelayNanos() >= 0);
        assertTrue(
                Double.isNaN(view.congestionLevel()) || (view.congestionLevel() >= 0 && view.congestionLevel() <= 1));
        assertTrue(Double.isNaN(view.capacityBytesPerSecond())
                || (view.capacityBytesPerSecond() > 0 && Double.isFinite(view.capacityBytesPerSecond())));
        assertTrue(view.pathAgeNanos() >= 0 && view.backlogBytes() >= 0);
        assertTrue(view.arrivalBytesPerSecond() >= 0 && view.releaseBytesPerSecond() >= 0);
    }

    @Test
    void refusesASettingThatCannotBe() {
        assertEquals(
                "step: PT0S (expected: PT0.0001S…PT10S)",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> BottleneckWatch.builder("x").step(Duration.ZERO))
                        .getMessage());
    }
}
