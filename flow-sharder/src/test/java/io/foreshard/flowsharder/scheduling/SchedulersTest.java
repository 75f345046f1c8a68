package io.foreshard.flowsharder.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.spi.LegsView;
import io.foreshard.flowsharder.spi.StreamScheduler;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchedulersTest {

    private static final int PIECE = 32 * 1024;
    private static final long MILLI = 1_000_000;
    private static final long MUCH = Long.MAX_VALUE;
    private static final long CREDIT = 16 << 20;

    private record FixedLeg(long roomBytes, long inFlightBytes, double bytesPerSecond, long roundTripNanos) {}

    private record FixedLegs(List<FixedLeg> legs) implements LegsView {

        static FixedLegs of(FixedLeg... legs) {
            return new FixedLegs(List.of(legs));
        }

        @Override
        public int size() {
            return legs.size();
        }

        @Override
        public long roomBytes(int leg) {
            return legs.get(leg).roomBytes;
        }

        @Override
        public long inFlightBytes(int leg) {
            return legs.get(leg).inFlightBytes;
        }

        @Override
        public double bytesPerSecond(int leg) {
            return legs.get(leg).bytesPerSecond;
        }

        @Override
        public long leastRoundTripNanos(int leg) {
            return legs.get(leg).roundTripNanos;
        }

        @Override
        public long roundTripNanos(int leg) {
            return legs.get(leg).roundTripNanos;
        }
    }

    private static final FixedLeg FULL_FAST = new FixedLeg(0, 400_000, 10e6, 20 * MILLI);
    private static final FixedLeg FREE_FAST = new FixedLeg(PIECE, 100_000, 10e6, 20 * MILLI);
    private static final FixedLeg FREE_SLOW = new FixedLeg(PIECE, 0, 1e6, 200 * MILLI);

    static List<StreamScheduler> all() {
        return List.of(
                new EarliestCompletionFirst(),
                new BlockingEstimation(),
                new LeastRoundTrip(),
                new Redundant(),
                new WeightedRoundRobin());
    }

    @ParameterizedTest
    @MethodSource("all")
    void neverPicksALegWithoutRoom(StreamScheduler scheduler) {
        assertEquals(StreamScheduler.WAIT, scheduler.pick(FixedLegs.of(FULL_FAST), PIECE, MUCH, CREDIT));
        for (int i = 0; i < 50; i++) {
            assertEquals(0, scheduler.pick(FixedLegs.of(FULL_FAST, FREE_SLOW), PIECE, MUCH, CREDIT) & 1);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void usesTheOnlyLegThereIs(StreamScheduler scheduler) {
        assertEquals(1, scheduler.pick(FixedLegs.of(FREE_SLOW), PIECE, 0, PIECE));
    }

    @Test
    void earliestCompletionTakesTheFastLegWhileItHasRoom() {
        assertEquals(2, new EarliestCompletionFirst().pick(FixedLegs.of(FREE_SLOW, FREE_FAST), PIECE, MUCH, CREDIT));
    }

    @Test
    void earliestCompletionWaitsForTheFastLegWhenLittleIsLeft() {
        StreamScheduler scheduler = new EarliestCompletionFirst();
        assertEquals(StreamScheduler.WAIT, scheduler.pick(FixedLegs.of(FULL_FAST, FREE_SLOW), PIECE, 100_000, CREDIT));
        assertEquals(2, scheduler.pick(FixedLegs.of(FULL_FAST, FREE_SLOW), PIECE, 5_000_000, CREDIT));
    }

    @Test
    void neitherHoldsTheStreamUpForWantOfCredit() {
        FixedLegs legs = FixedLegs.of(FULL_FAST, FREE_SLOW);
        assertEquals(StreamScheduler.WAIT, new EarliestCompletionFirst().pick(legs, PIECE, MUCH, 500_000));
        assertEquals(StreamScheduler.WAIT, new BlockingEstimation().pick(legs, PIECE, MUCH, 500_000));
        assertEquals(2, new BlockingEstimation().pick(legs, PIECE, 0, CREDIT));
    }

    @Test
    void leastRoundTripTakesWhateverHasRoom() {
        assertEquals(2, new LeastRoundTrip().pick(FixedLegs.of(FULL_FAST, FREE_SLOW), PIECE, 0, PIECE));
        assertEquals(1, new LeastRoundTrip().pick(FixedLegs.of(FREE_FAST, FREE_SLOW), PIECE, 0, PIECE));
    }

    @Test
    void redundantTakesAllThatHaveRoom() {
        assertEquals(6, new Redundant().pick(FixedLegs.of(FULL_FAST, FREE_SLOW, FREE_FAST), PIECE, 0, PIECE));
    }

    @Test
    void turnsFollowTheRates() {
        WeightedRoundRobin scheduler = new WeightedRoundRobin();
        int fast = 0;
        for (int i = 0; i < 1_100; i++) {
            long set = scheduler.pick(FixedLegs.of(FREE_FAST, FREE_SLOW), PIECE, MUCH, CREDIT);
            assertNotEquals(StreamScheduler.WAIT, set);
            fast += set == 1 ? 1 : 0;
        }
        int turns = fast;
        assertTrue(Math.abs(turns - 1_000) <= 2, () -> turns + " of 1100");
    }
}
