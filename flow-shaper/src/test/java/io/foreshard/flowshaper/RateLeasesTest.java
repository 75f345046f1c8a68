package io.foreshard.flowshaper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateLeasesTest {

    /** A loop that follows its leases in order, some time after they were granted. */
    private static final class Loop implements RateLeases.Lease {
        double demand;
        double applied;
        double granted;
        boolean settled = true;
        final Deque<Double> onTheWay = new ArrayDeque<>();

        @Override
        public double demandBytes() {
            return demand;
        }

        @Override
        public double heldRate() {
            return settled ? applied : Math.max(applied, granted);
        }

        @Override
        public boolean isSettled() {
            return settled;
        }

        @Override
        public void grant(double rate) {
            granted = rate;
            settled = false;
            onTheWay.add(rate);
        }

        void follow() {
            if (!onTheWay.isEmpty()) {
                applied = onTheWay.remove();
                settled = onTheWay.isEmpty();
            }
        }
    }

    @Test
    void leasesInForceNeverSumAboveTheRateHoweverLateLoopsAre() {
        Property.named("leases").runs(500).maxSize(200).check((random, size) -> {
            List<Loop> loops = loops(1 + random.nextInt(8));
            double rate = 1000;
            double limit = rate;
            for (int step = 0; step < size; step++) {
                loops.forEach(loop -> loop.demand = random.nextInt(3) == 0 ? 0 : random.nextInt(100_000));
                rate = random.nextInt(10) == 0 ? 1 + random.nextInt(2000) : rate;
                // A rate that has fallen is on its way to the loops.
                limit = Math.max(rate, loops.stream().allMatch(Loop::isSettled) ? inForce(loops) : limit);
                RateLeases.divide(rate, loops);
                follow(loops, random);
                assertTrue(inForce(loops) <= limit * (1 + 1e-9));
            }
            settle(rate, loops);
            assertTrue(inForce(loops) <= rate * (1 + 1e-9));
        });
    }

    @Test
    void whatWaitsDecidesAndAnIdleLoopMayBegin() {
        List<Loop> loops = loops(4);
        loops.get(0).demand = 3000;
        loops.get(1).demand = 1000;
        settle(1000, loops);
        double even = 1000 * 0.125 / 4;
        assertEquals(even + 875 * 0.75, loops.get(0).applied, 1e-9);
        assertEquals(even + 875 * 0.25, loops.get(1).applied, 1e-9);
        assertEquals(even, loops.get(3).applied, 1e-9);
    }

    @Test
    void theWholeRateIsLeased() {
        Property.named("whole rate").runs(100).maxSize(8).check((random, size) -> {
            List<Loop> loops = loops(size);
            loops.forEach(loop -> loop.demand = random.nextInt(2) * random.nextInt(1000));
            settle(777, loops);
            assertEquals(777, inForce(loops), 1e-6);
        });
    }

    @Test
    void noLimitIsNoLimitForAll() {
        List<Loop> loops = loops(3);
        settle(Double.POSITIVE_INFINITY, loops);
        loops.forEach(loop -> assertEquals(Double.POSITIVE_INFINITY, loop.applied));
        settle(90, loops);
        assertEquals(90, inForce(loops), 1e-6);
    }

    private static void settle(double rate, List<Loop> loops) {
        for (int step = 0; step < 3; step++) {
            RateLeases.divide(rate, loops);
            loops.forEach(Loop::follow);
        }
    }

    private static void follow(List<Loop> loops, SeededRandom random) {
        loops.stream().filter(loop -> random.nextInt(3) > 0).forEach(Loop::follow);
    }

    private static double inForce(List<Loop> loops) {
        return loops.stream().mapToDouble(loop -> loop.applied).sum();
    }

    private static List<Loop> loops(int count) {
        List<Loop> loops = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            loops.add(new Loop());
        }
        return loops;
    }
}
