package io.foreshard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random operations against a sorted map of (tick, order of scheduling). */
class TimerWheelPropertyTest {

    @Test
    void firesWhatASortedModelFiresAndInItsOrder() {
        for (long seed = 0; seed < 400; seed++) {
            Run run = new Run(seed);
            for (int step = 0; step < 400; step++) {
                run.step();
            }
            run.finish();
        }
    }

    private record Due(long tick, long order) {}

    private static final class Run {

        private final SplittableRandom random;
        private final String where;
        private final long startNanos;
        private final long tickNanos;
        private final TimerWheel wheel;
        private final TestTimer[] timers = new TestTimer[40];
        private final TreeMap<Due, TestTimer> pending =
                new TreeMap<>(Comparator.comparingLong(Due::tick).thenComparingLong(Due::order));
        private final Map<TestTimer, Due> dues = new HashMap<>();
        private long nowNanos;
        private long order;
        private long orderAtAdvance;
        private long wheelTick;
        private int fired;

        Run(long seed) {
            random = new SplittableRandom(seed);
            where = "seed " + seed;
            startNanos = random.nextLong(-1L << 40, 1L << 40);
            tickNanos = 1L << random.nextInt(21);
            nowNanos = startNanos;
            wheel = new TimerWheel(startNanos, tickNanos);
            for (int i = 0; i < timers.length; i++) {
                timers[i] = new TestTimer(this);
            }
        }

        void step() {
            int choice = random.nextInt(10);
            if (choice < 5) {
                schedule(anyTimer(), nowNanos + randomSpan(50) - randomSpan(20));
            } else if (choice < 7) {
                cancel(anyTimer());
            } else {
                advance(nowNanos + randomSpan(choice == 9 ? 50 : 25));
            }
            checkAgainstModel();
        }

        void finish() {
            while (!pending.isEmpty()) {
                // The bound is refined at most once for each level on the way down.
                fired = 0;
                for (int refined = 0; refined <= 11 && fired == 0; refined++) {
                    advance(Math.max(nowNanos, wheel.nextDeadlineNanos()));
                }
                assertTrue(fired > 0, where + ": nextDeadlineNanos leads to no expiry");
            }
            assertEquals(Long.MAX_VALUE, wheel.nextDeadlineNanos(), where);
        }

        private void advance(long toNanos) {
            nowNanos = toNanos;
            wheelTick = (nowNanos - startNanos) / tickNanos;
            orderAtAdvance = order;
            fired = 0;
            assertEquals(wheel.advance(nowNanos), fired, where);
            for (Map.Entry<TestTimer, Due> left : dues.entrySet()) {
                boolean due = left.getValue().tick() <= wheelTick;
                assertTrue(!due || left.getValue().order() >= orderAtAdvance, where + ": a timer did not fire");
                boolean late = left.getKey().deadlineNanos() <= nowNanos - tickNanos;
                assertTrue(!late || left.getValue().order() >= orderAtAdvance, where + ": a timer is a tick late");
            }
        }

        void onFired(TestTimer timer, long atNanos) {
            fired++;
            Map.Entry<Due, TestTimer> first = pending.pollFirstEntry();
            assertSame(first.getValue(), timer, where);
            dues.remove(timer);
            assertEquals(nowNanos, atNanos, where);
            assertTrue(timer.deadlineNanos() <= nowNanos, where);
            assertTrue(first.getKey().order() < orderAtAdvance, where);
            assertFalse(timer.isScheduled(), where);
            checkAgainstModel();
            meddle(timer);
        }

        private void meddle(TestTimer timer) {
            switch (random.nextInt(20)) {
                case 0 -> schedule(timer, nowNanos + randomSpan(30));
                case 1 -> schedule(anyTimer(), nowNanos + randomSpan(30) - randomSpan(30));
                case 2, 3 -> cancel(anyTimer());
                default -> {}
            }
        }

        private void schedule(TestTimer timer, long deadlineNanos) {
            forget(timer);
            long elapsed = Math.max(0, deadlineNanos - startNanos);
            Due due = new Due(Math.max(wheelTick, Math.floorDiv(elapsed + tickNanos - 1, tickNanos)), order++);
            dues.put(timer, due);
            pending.put(due, timer);
            wheel.schedule(timer, deadlineNanos);
        }

        private void cancel(TestTimer timer) {
            forget(timer);
            wheel.cancel(timer);
        }

        private void forget(TestTimer timer) {
            Due due = dues.remove(timer);
            if (due != null) {
                pending.remove(due);
            }
        }

        private void checkAgainstModel() {
            assertEquals(pending.size(), wheel.size(), where);
            for (TestTimer timer : timers) {
                assertEquals(dues.containsKey(timer), timer.isScheduled(), where);
            }
            if (!pending.isEmpty()) {
                long soonestTick = Math.max(wheelTick, pending.firstKey().tick());
                assertTrue(wheel.nextDeadlineNanos() <= startNanos + soonestTick * tickNanos, where);
            }
        }

        private TestTimer anyTimer() {
            return timers[random.nextInt(timers.length)];
        }

        /** Returns a span of any order of magnitude below 2 to the given power. */
        private long randomSpan(int maxBits) {
            return random.nextLong(1L << random.nextInt(maxBits));
        }
    }

    private static final class TestTimer extends TimerWheel.Timer {

        private final Run run;

        TestTimer(Run run) {
            this.run = run;
        }

        @Override
        protected void onExpired(long nowNanos) {
            run.onFired(this, nowNanos);
        }
    }
}
