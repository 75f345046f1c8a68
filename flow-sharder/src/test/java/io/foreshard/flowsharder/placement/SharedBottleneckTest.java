package io.foreshard.flowsharder.placement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedBottleneckTest {

    private static final int SEEDS = 60;

    @Test
    void findsLegsBehindOneQueue() {
        long found =
                IntStream.range(0, SEEDS).filter(seed -> together(seed, true)).count();
        assertTrue(found >= 0.85 * SEEDS, found + " of " + SEEDS);
    }

    @Test
    void seldomTakesLegsBehindTwoQueuesForOne() {
        long found =
                IntStream.range(0, SEEDS).filter(seed -> together(seed, false)).count();
        assertTrue(found <= 0.25 * SEEDS, found + " of " + SEEDS);
    }

    @Test
    void seesNoBottleneckWhereNoQueueIs() {
        LegStatistics idle = new LegStatistics(0, 20e3, 0.3, 0);
        assertArrayEquals(new int[] {0, 0}, SharedBottleneck.groups(List.of(idle, idle), new int[2]));
    }

    @Test
    void knowsNothingBeforeItHasSeenEnough() {
        LegDelays delays = new LegDelays();
        for (int interval = 0; interval < 49; interval++) {
            delays.add(interval * 1e6);
            delays.endInterval();
        }
        assertEquals(LegStatistics.UNKNOWN, delays.statistics());
        assertArrayEquals(new int[1], SharedBottleneck.groups(List.of(delays.statistics()), new int[1]));
    }

    @Test
    void keepsALegInItsGroupLongerThanItTakesOneIn() {
        LegStatistics between = new LegStatistics(0.2, 5e6, 0.2, 0);
        assertArrayEquals(new int[] {0, 0}, SharedBottleneck.groups(List.of(between, between), new int[2]));
        assertArrayEquals(new int[] {1, 1}, SharedBottleneck.groups(List.of(between, between), new int[] {1, 1}));
    }

    @Test
    void tellsLegsApartByEachNumber() {
        LegStatistics leg = new LegStatistics(0, 5e6, 0.2, 0);
        for (LegStatistics other : List.of(
                new LegStatistics(-0.2, 5e6, 0.2, 0),
                new LegStatistics(0, 6e6, 0.2, 0),
                new LegStatistics(0, 5e6, 0.35, 0),
                new LegStatistics(0, 5e6, 0.2, 0.06))) {
            int[] groups = SharedBottleneck.groups(List.of(leg, other), new int[2]);
            assertNotEquals(groups[0], groups[1], other.toString());
        }
    }

    @Test
    void refusesGroupsOfOtherLegs() {
        assertThrows(IllegalArgumentException.class, () -> SharedBottleneck.groups(List.of(), new int[1]));
    }

    /** Two legs with different round trips and some jitter, for 40 s, behind one queue or two of a kind. */
    private static boolean together(long seed, boolean isShared) {
        SeededRandom random = new SeededRandom(seed);
        Queue first = new Queue(random);
        Queue second = isShared ? first : new Queue(random);
        List<LegDelays> legs = List.of(new LegDelays(), new LegDelays());
        int[] groups = new int[2];
        for (int interval = 0; interval < 120; interval++) {
            for (int millis = 0; millis < 350; millis++) {
                first.step();
                if (second != first) {
                    second.step();
                }
                if (millis % 10 == 0) {
                    legs.get(0).add(20e6 + first.delayNanos() + 100e3 * random.nextDouble());
                    legs.get(1).add(80e6 + second.delayNanos() + 100e3 * random.nextDouble());
                }
            }
            legs.forEach(LegDelays::endInterval);
            List<LegStatistics> statistics = new ArrayList<>();
            legs.forEach(leg -> statistics.add(leg.statistics()));
            groups = SharedBottleneck.groups(statistics, groups);
        }
        return groups[0] != SharedBottleneck.NONE && groups[0] == groups[1];
    }

    /** A queue with a short buffer that is filled by sources which come and go, and by some that fill what is left. */
    private static final class Queue {

        private static final double BUFFER_MILLIS = 40;

        private final SeededRandom random;
        private final boolean[] isOn = new boolean[10];
        private double millis;

        Queue(SeededRandom random) {
            this.random = random;
        }

        void step() {
            double offered = 0.5;
            for (int i = 0; i < isOn.length; i++) {
                isOn[i] = random.chance(1 / 500.0) != isOn[i];
                offered += isOn[i] ? 0.104 : 0;
            }
            millis = Math.max(0, Math.min(BUFFER_MILLIS, millis + offered - 1));
        }

        double delayNanos() {
            return millis * 1e6;
        }
    }
}
