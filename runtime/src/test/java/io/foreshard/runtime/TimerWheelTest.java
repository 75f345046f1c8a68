package io.foreshard.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class TimerWheelTest {

    private static final long TICK = 1_000;

    private final TimerWheel wheel = new TimerWheel(0, TICK);
    private final List<String> fired = new ArrayList<>();

    @Test
    void firesNoSoonerThanTheDeadlineAndAtMostOneTickLate() {
        wheel.schedule(timer("a"), 2_500);
        assertEquals(0, wheel.advance(2_500));
        assertEquals(0, wheel.advance(2_999));
        assertEquals(1, wheel.advance(3_000));
        assertEquals(List.of("a@3000"), fired);
    }

    @Test
    void firesATimerOnTheTickAtItsDeadline() {
        wheel.schedule(timer("a"), 3_000);
        assertEquals(3_000, wheel.nextDeadlineNanos());
        assertEquals(1, wheel.advance(3_000));
    }

    @Test
    void firesInTheOrderOfTicksAndWithinATickInTheOrderOfScheduling() {
        wheel.advance(10);
        wheel.schedule(timer("far"), 5_000_000);
        wheel.schedule(timer("late"), 2_000);
        wheel.schedule(timer("first"), 1_900);
        wheel.schedule(timer("overdue"), 0);
        wheel.schedule(timer("alsoFar"), 4_999_999);
        assertEquals(5, wheel.advance(5_000_000));
        assertEquals(
                List.of("overdue@5000000", "late@5000000", "first@5000000", "far@5000000", "alsoFar@5000000"), fired);
    }

    @Test
    void jumpsOverAnIdleCenturyAndKeepsFarDeadlines() {
        long centuryNanos = 3_155_760_000_000_000_000L;
        TimerWheel fine = new TimerWheel(-5, 1);
        fine.schedule(timer("far"), centuryNanos + 7);
        fine.schedule(timer("never"), Long.MAX_VALUE);
        assertEquals(0, fine.advance(centuryNanos + 6));
        assertTrue(fine.nextDeadlineNanos() <= centuryNanos + 7);
        assertEquals(1, fine.advance(centuryNanos + 7));
        assertEquals(0, fine.advance(Long.MAX_VALUE - 1));
        assertEquals(1, fine.size());
    }

    @Test
    void neverFiresADeadlineThatNeverComesWhateverTheStart() {
        for (long start : new long[] {Long.MIN_VALUE, -1, 0, 1, 1L << 62}) {
            for (long tick : new long[] {1, 3, 1_000_000}) {
                TimerWheel any = new TimerWheel(start, tick);
                any.schedule(timer("never"), Long.MAX_VALUE);
                assertEquals(0, any.advance(start + (1L << 61)), "start " + start + " tick " + tick);
                assertTrue(any.nextDeadlineNanos() > start + (1L << 61), "start " + start + " tick " + tick);
            }
        }
    }

    @Test
    void movesATimerThatIsScheduledAgain() {
        TimerWheel.Timer timer = timer("a");
        wheel.schedule(timer, 1_000);
        wheel.schedule(timer, 9_000);
        assertEquals(1, wheel.size());
        assertEquals(9_000, timer.deadlineNanos());
        assertEquals(0, wheel.advance(8_999));
        assertEquals(1, wheel.advance(9_000));
        assertFalse(timer.isScheduled());
    }

    @Test
    void firesNothingAfterCancelAndForgetsTheDeadline() {
        TimerWheel.Timer timer = timer("a");
        wheel.schedule(timer, 1_000);
        wheel.cancel(timer);
        wheel.cancel(timer);
        assertFalse(timer.isScheduled());
        assertEquals(0, wheel.size());
        assertEquals(Long.MAX_VALUE, wheel.nextDeadlineNanos());
        assertEquals(0, wheel.advance(1_000_000));
    }

    @Test
    void firesAPeriodicTimerOnceForEachAdvanceHoweverFarItLagsBehind() {
        TimerWheel.Timer[] periodic = new TimerWheel.Timer[1];
        periodic[0] = timer("p", now -> wheel.schedule(periodic[0], periodic[0].deadlineNanos() + 1_000));
        wheel.schedule(periodic[0], 1_000);
        assertEquals(1, wheel.advance(5_000));
        assertTrue(wheel.nextDeadlineNanos() <= 5_000);
        assertEquals(1, wheel.advance(5_000));
        assertEquals(List.of("p@5000", "p@5000"), fired);
        assertEquals(3_000, periodic[0].deadlineNanos());
    }

    @Test
    void letsATimerCancelOneThatIsDueInTheSameAdvance() {
        TimerWheel.Timer victim = timer("victim");
        wheel.schedule(timer("killer", now -> wheel.cancel(victim)), 1_000);
        wheel.schedule(victim, 1_000);
        assertEquals(1, wheel.advance(2_000));
        assertEquals(List.of("killer@2000"), fired);
        assertFalse(victim.isScheduled());
    }

    @Test
    void firesAllOthersWhenTimersThrowAndRethrowsTheFirst() {
        IllegalStateException first = new IllegalStateException("first");
        Error second = new AssertionError("second");
        wheel.schedule(failing(first), 1_000);
        wheel.schedule(timer("a"), 1_000);
        wheel.schedule(failing(second), 2_000);
        wheel.schedule(failing(first), 2_000);
        wheel.schedule(timer("b"), 3_000);
        assertSame(first, assertThrows(IllegalStateException.class, () -> wheel.advance(3_000)));
        assertArrayEquals(new Throwable[] {second}, first.getSuppressed());
        assertEquals(List.of("a@3000", "b@3000"), fired);
        assertEquals(0, wheel.size());
        wheel.schedule(timer("c"), 4_000);
        assertEquals(1, wheel.advance(4_000));
    }

    @Test
    void rethrowsAnErrorOfATimer() {
        Error error = new AssertionError("broken");
        wheel.schedule(failing(error), 1_000);
        assertSame(error, assertThrows(AssertionError.class, () -> wheel.advance(1_000)));
    }

    @Test
    void takesATimeBeforeTheLatestForTheLatest() {
        wheel.advance(5_000);
        wheel.schedule(timer("a"), 4_000);
        wheel.schedule(timer("b"), 5_001);
        assertEquals(1, wheel.advance(1_000));
        assertEquals(List.of("a@5000"), fired);
    }

    @Test
    void refusesToAdvanceInsideATimer() {
        wheel.schedule(timer("a", wheel::advance), 1_000);
        assertThrows(IllegalStateException.class, () -> wheel.advance(1_000));
        wheel.schedule(timer("b"), 2_000);
        assertEquals(1, wheel.advance(2_000));
    }

    @Test
    void refusesATimerOfAnotherWheel() {
        TimerWheel other = new TimerWheel(0, TICK);
        TimerWheel.Timer timer = timer("a");
        other.schedule(timer, 1_000);
        assertThrows(IllegalStateException.class, () -> wheel.schedule(timer, 1_000));
        assertThrows(IllegalStateException.class, () -> wheel.cancel(timer));
        assertEquals(1, other.advance(1_000));
        wheel.schedule(timer, 1_000);
        assertEquals(1, wheel.size());
    }

    @Test
    void refusesATickThatIsNotPositive() {
        Exception thrown = assertThrows(IllegalArgumentException.class, () -> new TimerWheel(0, 0));
        assertEquals("tickNanos: 0 (expected: > 0)", thrown.getMessage());
    }

    private TimerWheel.Timer timer(String name) {
        return timer(name, now -> {});
    }

    private TimerWheel.Timer timer(String name, LongConsumer action) {
        return new TestTimer(now -> {
            fired.add(name + "@" + now);
            action.accept(now);
        });
    }

    private static TimerWheel.Timer failing(Throwable failure) {
        return new TestTimer(now -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) failure;
        });
    }

    private static final class TestTimer extends TimerWheel.Timer {

        private final LongConsumer action;

        TestTimer(LongConsumer action) {
            this.action = action;
        }

        @Override
        protected void onExpired(long nowNanos) {
            action.accept(nowNanos);
        }
    }
}
