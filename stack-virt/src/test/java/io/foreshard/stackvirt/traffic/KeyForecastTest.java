package io.foreshard.stackvirt.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.foreshard.stackvirt.traffic.TrafficKey.VolumeClass;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

class KeyForecastTest {

    private static final TrafficKey KEY = new TrafficKey("dns", 1, 2, VolumeClass.SMALL);
    private static final int FIRST_SECONDS = 1000;
    private static final int SECONDS = 6000;

    /** What came of the quantiles of a run: counts at most as high, and counts that were lower. */
    private static final class Outcome {
        final double[] atMost = new double[QuantileTracker.levels()];
        final double[] below = new double[QuantileTracker.levels()];
        final double[] widths = new double[QuantileTracker.levels()];
        List<ExpectedQuantile> last = List.of();
    }

    private static int poisson(Random random, double mean) {
        double limit = Math.exp(-mean);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    /** Feeds a key with counts of such means, and settles each second's quantiles with what the next one brings. */
    private static Outcome run(Random random, LongToDoubleFunction mean, boolean later) {
        KeyTraffic traffic = new KeyTraffic();
        Outcome outcome = new Outcome();
        int ahead = later ? BurstWatch.REACH : 1;
        List<List<ExpectedQuantile>> said = new ArrayList<>();
        for (int second = 0; second < SECONDS; second++) {
            int count = poisson(random, mean.applyAsDouble(second));
            for (int i = 0; i < count; i++) {
                traffic.arrived(second * 1000L + i * 1000L / count);
            }
            KeyOutlook outlook = traffic.report(KEY, second * 1000L + 1000).outlook();
            said.add(later ? outlook.later() : outlook.next());
            if (second >= FIRST_SECONDS) {
                settle(outcome, said.get(second - ahead), count);
            }
        }
        outcome.last = said.get(SECONDS - 1);
        return outcome;
    }

    private static void settle(Outcome outcome, List<ExpectedQuantile> quantiles, int count) {
        double before = 0;
        for (int i = 0; i < quantiles.size(); i++) {
            double value = quantiles.get(i).value();
            assertTrue(value >= before, "quantiles fall: " + quantiles);
            before = value;
            outcome.atMost[i] += (count <= value ? 1.0 : 0.0) / (SECONDS - FIRST_SECONDS);
            outcome.below[i] += (count < value ? 1.0 : 0.0) / (SECONDS - FIRST_SECONDS);
            outcome.widths[i] += value / (SECONDS - FIRST_SECONDS);
        }
    }

    /** A quantile of whole numbers covers its level at least, and without those that are as high as it at most. */
    private static void assertCalibrated(String name, long seed, double slackOfHighest, Outcome outcome) {
        for (int i = 0; i < QuantileTracker.levels(); i++) {
            double level = QuantileTracker.level(i);
            String what = name + ", level " + level + ": at most " + outcome.atMost[i] + ", below " + outcome.below[i]
                    + ", mean " + outcome.widths[i] + ", seed " + seed;
            double slack = level > 0.95 ? slackOfHighest : 0.03;
            assertTrue(outcome.atMost[i] >= level - slack, what);
            assertTrue(outcome.below[i] <= level + slack, what);
            assertEquals(outcome.atMost[i], outcome.last.get(i).coverage(), 0.05, what);
        }
    }

    private static void assertAllCalibrated(boolean later, double slackOfHighest) {
        long seed = later ? 2 : 1;
        Random random = new Random(seed);
        assertCalibrated("rare", seed, slackOfHighest, run(random, second -> 0.1, later));
        assertCalibrated("few", seed, slackOfHighest, run(random, second -> 3, later));
        assertCalibrated("many", seed, slackOfHighest, run(random, second -> 30, later));
        assertCalibrated(
                "waves", seed, slackOfHighest, run(random, second -> 20 + 18 * Math.sin(second / 100.0), later));
        assertCalibrated("bursts", seed, slackOfHighest, run(random, second -> second % 200 < 5 ? 50 : 1, later));
    }

    @Test
    void quantilesOfTheNextSecondCoverTheirShareWhateverTheTraffic() {
        assertAllCalibrated(false, 0.008);
    }

    /** A burst of five seconds is over before any of it can be learned ten seconds ahead. */
    @Test
    void quantilesOfTheTenthSecondCoverTheirShareWhateverTheTraffic() {
        assertAllCalibrated(true, 0.02);
    }

    @Test
    void chanceIsNoBurst() {
        for (double mean : new double[] {0.05, 0.5, 5, 50}) {
            long seed = 11;
            Random random = new Random(seed);
            KeyTraffic traffic = new KeyTraffic();
            for (int second = 0; second < 5000; second++) {
                int count = poisson(random, mean);
                for (int i = 0; i < count; i++) {
                    traffic.arrived(second * 1000L);
                }
            }
            assertTrue(traffic.bursts() <= 2, traffic.bursts() + " bursts at " + mean + ", seed " + seed);
        }
    }

    /** Every five minutes 40 messages within a second, else a message now and then or none at all. */
    private static void assertBurstsForeseen(double between) {
        long seed = 12;
        Random random = new Random(seed);
        KeyTraffic traffic = new KeyTraffic();
        double before = 0;
        double far = 0;
        int bursts = 0;
        KeyOutlook outlook = KeyOutlook.unknown();
        for (int second = 0; second < 300 * 60; second++) {
            int count = second % 300 == 299 ? 40 : poisson(random, between);
            bursts += count == 40 ? 1 : 0;
            for (int i = 0; i < count; i++) {
                traffic.arrived(second * 1000L);
            }
            outlook = traffic.report(KEY, second * 1000L + 1000).outlook();
            if (second > 300 * 30) {
                before += second % 300 == 292 ? outlook.burstProbability() / 29 : 0;
                far += second % 300 == 150 ? outlook.burstProbability() / 29 : 0;
            }
        }
        String what = "before " + before + ", far " + far + ", " + traffic.bursts() + ", seed " + seed + outlook;
        assertEquals((double) bursts, (double) traffic.bursts(), 2, what);
        assertTrue(before > 0.3, what);
        assertTrue(far < 0.02, what);
        assertEquals(outlook.burstCame(), outlook.burstSaid(), 0.02, what);
        assertEquals(1 / 30.0, outlook.burstCame(), 0.02, what);
    }

    @Test
    void burstsThatRecurAreForeseen() {
        assertBurstsForeseen(0.3);
        assertBurstsForeseen(0);
    }

    @Test
    void pausesAreForeseenAndTheLongerTheyLastTheBetter() {
        long seed = 13;
        Random random = new Random(seed);
        KeyTraffic traffic = new KeyTraffic();
        long now = 0;
        for (int i = 0; i < 2000; i++) {
            traffic.arrived(now);
            now += random.nextInt(4) == 0 ? 600_000 : 5000 + random.nextInt(10_000);
        }
        traffic.arrived(now);
        List<ExpectedQuantile> first = traffic.report(KEY, now + 1000).outlook().pauseSeconds();
        List<ExpectedQuantile> longer =
                traffic.report(KEY, now + 60_000).outlook().pauseSeconds();
        String what = first + " then " + longer + ", seed " + seed;
        assertTrue(first.get(1).value() >= 4 && first.get(1).value() < 16, what);
        assertEquals(600, first.get(2).value(), 75, what);
        assertEquals(600, longer.get(0).value(), 75, what);
        for (ExpectedQuantile quantile : first) {
            assertTrue(quantile.coverage() >= quantile.level() - 0.05, what);
        }
        List<ExpectedQuantile> never =
                traffic.report(KEY, now + 3_600_000).outlook().pauseSeconds();
        assertTrue(Double.isNaN(never.get(0).value()), never::toString);
    }

    @Test
    void tasksOfAKeyFollowItsMessagesOrTheClock() {
        long seed = 16;
        Random random = new Random(seed);
        KeyTraffic traffic = new KeyTraffic();
        double before = 0;
        double between = 0;
        for (int second = 0; second < 4000; second++) {
            int count = second / 100 % 2 == 0 ? 20 : second % 10 == 0 ? 1 : 0;
            for (int i = 0; i < count; i++) {
                traffic.arrived(second * 1000L);
            }
            traffic.task(AuxiliaryTask.TLS_HANDSHAKE, (count + random.nextInt(2)) / 2, second * 1000L);
            traffic.task(AuxiliaryTask.KEEP_ALIVE, second % 20 == 13 ? 5 : 0, second * 1000L);
            List<TaskOutlook> tasks =
                    traffic.report(KEY, second * 1000L + 1000).outlook().tasks();
            if (second > 2000) {
                before += second % 20 == 12 ? tasks.get(1).expected() / 100 : 0;
                between += second % 20 == 3 ? tasks.get(1).expected() / 100 : 0;
            }
        }
        List<TaskOutlook> tasks = traffic.report(KEY, 4_000_000).outlook().tasks();
        String what = tasks + ", before " + before + ", between " + between + ", seed " + seed;
        assertEquals(0.5, tasks.get(0).perMessage(), 0.05, what);
        assertEquals(5, before, 0.5, what);
        assertEquals(0, between, 0.5, what);
        for (TaskOutlook task : tasks) {
            for (ExpectedQuantile quantile : task.next()) {
                assertTrue(quantile.coverage() >= quantile.level() - 0.05, what);
            }
        }
    }

    @Test
    void aPauseOfYearsAndTimeThatRunsBackwardsChangeNothingForLong() {
        long seed = 14;
        Random random = new Random(seed);
        KeyTraffic traffic = new KeyTraffic();
        for (int i = 0; i < 200; i++) {
            traffic.arrived(random.nextInt(3) == 0 ? random.nextLong() / 2 : i * 100L);
        }
        long now = Long.MAX_VALUE / 2 + 1;
        traffic.arrived(now);
        for (int i = 0; i < 4000; i++) {
            now += 100;
            traffic.arrived(i % 3 == 0 ? Long.MIN_VALUE : now);
        }
        KeyOutlook outlook = traffic.report(KEY, Long.MIN_VALUE).outlook();
        String what = outlook + ", seed " + seed;
        assertEquals(10, outlook.messages(), 1, what);
        assertEquals(10, outlook.next().get(1).value(), 1.5, what);
        assertTrue(outlook.burstProbability() < 0.1, what);
    }

    @Test
    void aMessageOfAKnownKeyTakesNoMemory() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        TrafficTable table = new TrafficTable(4);
        long now = 0;
        long before = 0;
        for (int i = 0; i < 60_000; i++) {
            before = i == 20_000 ? threads.getCurrentThreadAllocatedBytes() : before;
            table.arrived(KEY, now += i % 100 == 0 ? 5000 : 7);
        }
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(bytes < 40_000, bytes + " bytes for 40 000 messages");
    }

    @Test
    void ofAMillionKeysOnlyThoseWithManyMessagesAreForecast() {
        long seed = 15;
        Random random = new Random(seed);
        TrafficTable table = new TrafficTable(64);
        for (int i = 0; i < 1_000_000; i++) {
            boolean heavy = random.nextInt(4) == 0;
            table.arrived(new TrafficKey("dns", heavy ? random.nextInt(8) : i, 0, VolumeClass.SMALL), i);
        }
        List<KeyReport> all = table.heaviest(1000, 1_000_000);
        assertEquals(64, all.size());
        long forecast =
                all.stream().filter(key -> !key.outlook().next().isEmpty()).count();
        assertEquals(8, forecast, "seed " + seed);
    }
}
