package io.foreshard.forecast.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.foreshard.forecast.DampedTrendForecaster;
import io.foreshard.simulator.Property;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamIngestTest {

    private static final long SECOND = 1_000_000_000L;
    private static final double NONE = Double.NaN;

    private final List<Double> fed = new ArrayList<>();

    @Test
    void feedsEachSampleAtOnce() {
        StreamIngest ingest = builder().build();
        for (int i = 0; i < 4; i++) {
            ingest.sample(i * SECOND, i);
            assertEquals(i + 1, fed.size());
        }
        assertFed(0, 1, 2, 3);
    }

    @Test
    void tellsMissingStepsAsNotANumber() {
        StreamIngest ingest = builder().build();
        ingest.sample(0, 1);
        ingest.sample(3 * SECOND, 4);
        ingest.sample(4 * SECOND, Double.POSITIVE_INFINITY);
        assertFed(1, NONE, NONE, 4, NONE);
        assertEquals(2, ingest.count(IngestReason.MISSING_STEP));
        assertEquals(1, ingest.count(IngestReason.NOT_A_NUMBER));
    }

    @Test
    void dropsDuplicatesAndLateSamples() {
        StreamIngest ingest = builder().build();
        ingest.sample(10 * SECOND, 1);
        ingest.sample(10 * SECOND, 9);
        ingest.sample(9 * SECOND, 9);
        ingest.sample(11 * SECOND, 2);
        assertFed(1, 2);
        assertEquals(1, ingest.count(IngestReason.DUPLICATE));
        assertEquals(1, ingest.count(IngestReason.LATE));
    }

    @Test
    void followsASourceWhosePeriodIsALittleOff() {
        for (double period : new double[] {0.98, 1.0, 1.02}) {
            fed.clear();
            StreamIngest ingest = builder().build();
            for (int i = 0; i < 10_000; i++) {
                ingest.sample((long) (i * period * SECOND), i);
            }
            assertEquals(10_000, fed.size());
            assertFalse(fed.contains(NONE));
        }
    }

    @Test
    void startsTheGridAnewAfterALeapForwards() {
        StreamIngest ingest = builder().maxGapSteps(100).build();
        ingest.sample(0, 1);
        ingest.sample(4_000_000_000L * SECOND, 2);
        ingest.sample(4_000_000_001L * SECOND, 3);
        assertFed(1, NONE, 2, 3);
        assertEquals(1, ingest.count(IngestReason.CLOCK_JUMP));
    }

    @Test
    void startsTheGridAnewWhenTheClockWasSetBack() {
        StreamIngest ingest = builder().build();
        ingest.sample(3600 * SECOND, 1);
        for (int i = 0; i < 10; i++) {
            ingest.sample(i * SECOND, 10 + i);
        }
        assertFed(1, NONE, 17, 18, 19);
        assertEquals(7, ingest.count(IngestReason.LATE));
        assertEquals(1, ingest.count(IngestReason.CLOCK_JUMP));
    }

    @Test
    void keepsThePlaceInTheSeasonOverAClockJump() {
        for (long jump : new long[] {100_003, -100_003}) {
            fed.clear();
            StreamIngest ingest = builder().maxGapSteps(50).seasonSteps(24).build();
            ingest.sample(0, 0);
            for (int i = 0; i < 20; i++) {
                ingest.sample((jump + i) * SECOND, (double) (jump + i));
            }
            for (int i = 1; i < fed.size(); i++) {
                if (!fed.get(i).isNaN()) {
                    assertEquals(0, Math.floorMod((long) (fed.get(i) - i), 24), fed.toString());
                }
            }
        }
    }

    @Test
    void tellsStepsOfASilentSourceOnceTheyCannotComeAnymore() {
        StreamIngest ingest = builder().build();
        ingest.advanceTo(5 * SECOND);
        ingest.sample(10 * SECOND, 1);
        ingest.advanceTo(11 * SECOND);
        assertFed(1);
        ingest.advanceTo(13 * SECOND);
        assertFed(1, NONE, NONE);
        ingest.sample(13 * SECOND, 2);
        assertFed(1, NONE, NONE, 2);
    }

    @Test
    void turnsACounterIntoRatesOverTheTimeBetweenReadings() {
        StreamIngest ingest = builder().rateScale(8).build();
        ingest.counter(0, 1000);
        ingest.counter(SECOND, 2000);
        ingest.counter(SECOND + SECOND / 4, 2100);
        ingest.counter(3 * SECOND, 6000);
        assertFed(8000, NONE, 16000);
    }

    @Test
    void takesCountersThroughTheirWrap() {
        StreamIngest narrow = builder().counterBits(32).build();
        narrow.counter(0, 0xffff_fff0L);
        narrow.counter(SECOND, 0x10);
        StreamIngest wide = builder().build();
        wide.counter(0, -16);
        wide.counter(SECOND, 4);
        assertFed(32, 20);
        assertEquals(1, narrow.count(IngestReason.COUNTER_WRAP));
        assertEquals(1, wide.count(IngestReason.COUNTER_WRAP));
    }

    @Test
    void takesABusyLinkThroughAWrapOfMoreThanHalfTheRange() {
        StreamIngest ingest = StreamIngest.builder(Duration.ofSeconds(30), fed::add)
                .counterBits(32)
                .maxRatePerSecond(125e6)
                .build();
        ingest.counter(0, 1_000_000_000L);
        ingest.counter(30 * SECOND, (1_000_000_000L + 30 * 110_000_000L) & 0xffff_ffffL);
        assertFed(110e6);
        assertEquals(1, ingest.count(IngestReason.COUNTER_WRAP));
    }

    @Test
    void tellsARestartOfTheDeviceFromAWrap() {
        StreamIngest wide = builder().build();
        wide.counter(0, 5_000_000);
        wide.counter(SECOND, 100);
        wide.counter(2 * SECOND, 300);
        StreamIngest narrow = builder().counterBits(32).maxRatePerSecond(1e6).build();
        narrow.counter(0, 3_000_000_000L);
        narrow.counter(SECOND, 100);
        narrow.counter(2 * SECOND, 500);
        assertFed(NONE, 200, NONE, 400);
        assertEquals(1, wide.count(IngestReason.COUNTER_RESET));
        assertEquals(1, narrow.count(IngestReason.COUNTER_RESET));
    }

    @Test
    void doesNotGuessHowOftenASlowlyPolledCounterWrapped() {
        StreamIngest ingest = builder().counterBits(32).maxRatePerSecond(125e6).build();
        ingest.counter(0, 0);
        ingest.counter(40 * SECOND, 7);
        assertEquals(NONE, fed.get(fed.size() - 1));
        assertEquals(1, ingest.count(IngestReason.COUNTER_TOO_SLOW));
    }

    @Test
    void doesNotTakeARateOverAClockJump() {
        StreamIngest ingest = builder().maxGapSteps(10).build();
        ingest.counter(0, 0);
        ingest.counter(SECOND, 10);
        ingest.counter(1_000_000 * SECOND, 20);
        ingest.counter(1_000_001 * SECOND, 50);
        assertFed(10, NONE, NONE, 30);
    }

    @Test
    void feedsWhatTheCensoringSaysForSaturatedSamples() {
        assertArrayEquals(new double[] {50, 99, 50}, saturated(Censoring.asMeasured()));
        assertArrayEquals(new double[] {50, NONE, 50}, saturated(Censoring.skipped()));
        assertArrayEquals(new double[] {50, 120, 50}, saturated(Censoring.expected(() -> 120, 1.5)));
        assertArrayEquals(new double[] {50, 150, 50}, saturated(Censoring.expected(() -> 1e9, 1.5)));
        assertArrayEquals(new double[] {50, 99, 50}, saturated(Censoring.expected(() -> 60, 1.5)));
        assertArrayEquals(new double[] {50, 99, 50}, saturated(Censoring.expected(() -> NONE, 1.5)));
    }

    private double[] saturated(Censoring censoring) {
        fed.clear();
        StreamIngest ingest = builder().capacity(100, 0.98, censoring).build();
        ingest.sample(0, 50);
        assertFalse(ingest.saturated());
        ingest.sample(SECOND, 99);
        assertTrue(ingest.saturated());
        ingest.sample(2 * SECOND, 50);
        assertFalse(ingest.saturated());
        assertEquals(1, ingest.count(IngestReason.SATURATED));
        return fed.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Test
    void anExpectationThatFeedsItselfIsBounded() {
        double[] level = {0};
        StreamIngest ingest = StreamIngest.builder(Duration.ofSeconds(1), value -> level[0] = value * 1.1)
                .capacity(100, 1, Censoring.expected(() -> level[0], 2))
                .build();
        for (int i = 0; i < 1000; i++) {
            ingest.sample(i * SECOND, 100);
        }
        assertEquals(220, level[0], 1e-9);
    }

    @Test
    void aForecasterSeesDemandGrowBehindAFullLink() {
        assertTrue(forecastBehindAFullLink(true) > 120, "demand went on from 0.5 a step to about 150");
        assertEquals(100, forecastBehindAFullLink(false), 2);
    }

    private static double forecastBehindAFullLink(boolean expected) {
        DampedTrendForecaster forecaster =
                DampedTrendForecaster.builder().phi(1).build();
        StreamIngest ingest = StreamIngest.builder(Duration.ofSeconds(1), forecaster::update)
                .capacity(
                        100,
                        0.98,
                        expected
                                ? Censoring.expected(
                                        () -> forecaster.forecast(1).mean(1), 2)
                                : Censoring.asMeasured())
                .build();
        for (int i = 0; i < 300; i++) {
            ingest.sample(i * SECOND, Math.min(100, i * 0.5));
        }
        return forecaster.forecast(1).mean(1);
    }

    @Test
    void survivesAnythingWithBoundedWorkPerCall() {
        Property.named("a feed survives any times and values")
                .runs(100)
                .maxSize(400)
                .check((random, size) -> {
                    int[] steps = {0};
                    StreamIngest ingest = StreamIngest.builder(Duration.ofMillis(10), value -> {
                                steps[0]++;
                                assertFalse(Double.isInfinite(value));
                            })
                            .maxGapSteps(20)
                            .seasonSteps(random.nextInt(20))
                            .counterBits(random.chance(0.5) ? 32 : 64)
                            .build();
                    long now = random.nextLong();
                    for (int i = 0; i < size; i++) {
                        now = random.chance(0.1) ? random.nextLong() : now + random.nextLong(-20_000_000, 60_000_000);
                        steps[0] = 0;
                        switch (random.nextInt(3)) {
                            case 0 -> ingest.sample(now, Double.longBitsToDouble(random.nextLong()));
                            case 1 -> ingest.counter(now, random.nextLong());
                            default -> ingest.advanceTo(now);
                        }
                        assertTrue(steps[0] <= 21, "steps in one call: " + steps[0]);
                    }
                });
    }

    @Test
    void goesOnWhenItsObserverThrows() {
        StreamIngest ingest = builder()
                .observer((reason, amount) -> {
                    throw new IllegalStateException("broken");
                })
                .build();
        ingest.sample(0, 1);
        ingest.sample(2 * SECOND, 3);
        assertFed(1, NONE, 3);
    }

    @Test
    void allocatesNothing() {
        double[] sum = {0};
        StreamIngest ingest = StreamIngest.builder(Duration.ofSeconds(1), value -> sum[0] += value)
                .capacity(1e6, 0.98, Censoring.expected(() -> 1.1e6, 1.5))
                .counterBits(32)
                .build();
        feedMany(ingest, 0);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        feedMany(ingest, 100_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 4096, "allocated " + allocated + " B in 50,000 calls");
    }

    private static void feedMany(StreamIngest ingest, long from) {
        for (long i = from; i < from + 50_000; i++) {
            ingest.counter((i - i % 7 % 3) * SECOND, i * 990_000);
        }
    }

    @Test
    void everyReasonTellsWhatToDo() {
        Set<String> actions = new HashSet<>();
        for (IngestReason reason : IngestReason.values()) {
            assertTrue(actions.add(reason.operatorAction()));
        }
    }

    @Test
    void saysWhatIsWrongWithItsArguments() {
        assertThrows(IllegalArgumentException.class, () -> StreamIngest.builder(Duration.ZERO, fed::add));
        assertThrows(IllegalArgumentException.class, () -> builder().maxGapSteps(0));
        assertThrows(IllegalArgumentException.class, () -> builder().seasonSteps(-1));
        assertThrows(IllegalArgumentException.class, () -> builder().capacity(0, 1, Censoring.skipped()));
        assertThrows(IllegalArgumentException.class, () -> builder().capacity(1, NONE, Censoring.skipped()));
        assertThrows(IllegalArgumentException.class, () -> builder().maxRatePerSecond(NONE));
        assertThrows(IllegalArgumentException.class, () -> Censoring.expected(() -> 1, 0.5));
        assertEquals(
                "counterBits: 16 (expected: 32 or 64)",
                assertThrows(IllegalArgumentException.class, () -> builder().counterBits(16))
                        .getMessage());
    }

    private StreamIngest.Builder builder() {
        return StreamIngest.builder(Duration.ofSeconds(1), fed::add);
    }

    private void assertFed(double... expected) {
        assertArrayEquals(
                expected, fed.stream().mapToDouble(Double::doubleValue).toArray(), 1e-9);
    }
}
