package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.runtime.WindowedMax;
import io.foreshard.simulator.Property;
import org.junit.jupiter.api.Test;

class CapacityFilterTest {

    private static final int ROUNDS = 8;
    private static final long NONE = FeedForward.NO_YARDSTICK;
    private static final long RATE = 1_250_000;

    private final CapacityFilter filter = new CapacityFilter(ROUNDS);
    private final RateSample sample = new RateSample();

    private void learn(long round, long bytesPerSecond, long yardstick) {
        sample.yardstick = yardstick;
        filter.learn(round, bytesPerSecond, false, sample);
    }

    @Test
    void withoutAYardstickItIsTheGreatestOfTheLastRounds() {
        Property.named("a capacity filter without a yardstick is a windowed maximum")
                .runs(50)
                .check((random, size) -> {
                    CapacityFilter plain = new CapacityFilter(ROUNDS);
                    WindowedMax max = new WindowedMax(ROUNDS);
                    RateSample each = new RateSample();
                    for (int round = 0; round < 4 * size; round++) {
                        long rate = 1L + random.nextInt(1_000_000);
                        boolean saysLittle = random.nextInt(3) == 0;
                        plain.learn(round, rate, saysLittle, each);
                        if (!saysLittle || max.isEmpty() || rate > max.get()) {
                            max.update(round, rate);
                        }
                        assertEquals(max.get(), plain.bytesPerSecond());
                        assertEquals(max.get(), plain.measure());
                        assertFalse(plain.onYardstick(round, NONE));
                    }
                });
    }

    @Test
    void isNotKnownBeforeTheFirstRate() {
        assertTrue(filter.isEmpty());
        assertEquals(0, filter.bytesPerSecond());
        assertTrue(filter.onYardstick(0, 1_000));
        assertTrue(filter.isEmpty());
        learn(0, RATE, RATE);
        filter.clear();
        assertTrue(filter.isEmpty());
    }

    @Test
    void capacityMovesWithTheYardstick() {
        filter.onYardstick(0, 1_000_000);
        learn(0, 800_000, 1_000_000);
        assertEquals(800_000, filter.bytesPerSecond());
        assertFalse(filter.onYardstick(1, 250_000));
        assertEquals(200_000, filter.bytesPerSecond());
        assertFalse(filter.onYardstick(2, 2_000_000));
        assertEquals(1_600_000, filter.bytesPerSecond());
        learn(3, 1_900_000, 2_000_000);
        assertEquals(1_900_000, filter.bytesPerSecond());
    }

    @Test
    void aForecastThatWasFarTooLowDoesNotMakeItGreaterThanDeliveredAndExpected() {
        filter.onYardstick(0, 10_000);
        learn(0, RATE, 10_000);
        assertEquals(125 * CapacityFilter.UNIT, filter.measure());
        assertEquals(RATE, filter.bytesPerSecond());
        filter.onYardstick(1, 1_000_000);
        assertEquals(RATE, filter.bytesPerSecond(), "delivered");
        filter.onYardstick(2, 2 * RATE);
        assertEquals(2 * RATE, filter.bytesPerSecond(), "expected");
    }

    @Test
    void aYardstickThatAppearsOrVanishesKeepsTheBytesPerSecond() {
        learn(0, RATE, NONE);
        assertTrue(filter.onYardstick(1, 3 * RATE));
        assertEquals((double) RATE, (double) filter.bytesPerSecond(), 4.0);
        assertTrue(filter.onYardstick(2, NONE));
        assertEquals((double) RATE, (double) filter.bytesPerSecond(), 4.0);
        assertEquals((double) RATE, (double) filter.measure(), 4.0);
    }

    @Test
    void whatWasOnlyExpectedToBeLowIsForgottenWithTheYardstick() {
        filter.onYardstick(0, RATE);
        learn(0, RATE, RATE);
        filter.onYardstick(1, RATE / 10);
        assertEquals(RATE / 10, filter.bytesPerSecond());
        filter.onYardstick(2, NONE);
        assertEquals(RATE, filter.bytesPerSecond());
    }

    @Test
    void whatWasMeasuredByAYardstickIsLearntAsItIsWhereNoneIsKnownForWhatLeaves() {
        learn(0, RATE, NONE);
        for (int round = 1; round < 4 * ROUNDS; round++) {
            learn(round, RATE / 5, RATE / 4);
        }
        assertEquals(RATE / 5, filter.bytesPerSecond(), "the old capacity is forgotten");
        assertEquals(RATE, filter.measured(RATE, sample));
    }

    @Test
    void whatHasNoYardstickIsNotComparedWithWhatHas() {
        filter.onYardstick(0, RATE);
        learn(0, RATE, RATE);
        learn(1, 50 * RATE, NONE);
        assertEquals(CapacityFilter.UNIT, filter.measure());
        assertEquals(0, filter.measured(RATE, sample));
    }

    @Test
    void aRateThatSaysLittleCountsOnlyWhereItIsGreater() {
        learn(0, 1_000, NONE);
        sample.yardstick = NONE;
        filter.learn(ROUNDS * 3L, 900, true, sample);
        assertEquals(1_000, filter.bytesPerSecond());
        filter.learn(ROUNDS * 3L, 1_100, true, sample);
        assertEquals(1_100, filter.bytesPerSecond());
    }

    @Test
    void aRestartForgetsButForOneValue() {
        learn(0, RATE, NONE);
        filter.restart(1, RATE / 10);
        assertEquals(RATE / 10, filter.bytesPerSecond());
    }

    @Test
    void extremeYardsticksLeaveACapacityAboveNothing() {
        learn(0, RATE, NONE);
        filter.onYardstick(1, Long.MAX_VALUE);
        learn(1, 1, Long.MAX_VALUE);
        assertTrue(filter.measure() >= 1);
        filter.onYardstick(2, 1);
        assertTrue(filter.bytesPerSecond() >= 0);
        filter.onYardstick(3, NONE);
        assertTrue(filter.bytesPerSecond() <= RATE, () -> "capacity " + filter.bytesPerSecond());
    }
}
