package io.foreshard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.GateListener;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.Reason;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Steady-state operations allocate nothing. */
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int OPERATIONS = 20_000;

    private enum Drop implements Reason {
        ANY;

        @Override
        public String operatorAction() {
            return "None.";
        }
    }

    @FunctionalInterface
    private interface Operation {
        void run(int step);
    }

    @Test
    void timersAllocateNothing() {
        TimerWheel wheel = new TimerWheel(0, 1_000);
        TimerWheel.Timer[] timers = new TimerWheel.Timer[64];
        for (int i = 0; i < timers.length; i++) {
            timers[i] = new IdleTimer();
        }
        long[] now = new long[1];
        assertAllocatesNothing(step -> {
            wheel.schedule(timers[step % timers.length], now[0] + (step * 7_919L & 0xfffff));
            wheel.cancel(timers[step * 31 % timers.length]);
            now[0] += 5_000;
            wheel.advance(now[0]);
            wheel.nextDeadlineNanos();
        });
    }

    @Test
    void mapsAllocateNothingWithinTheirCapacity() {
        KeyedLongMap<String> map = new KeyedLongMap<>(1, 2, 1_000);
        assertAllocatesNothing(step -> {
            map.put(step, "value");
            map.get(step - 100);
            map.remove(step - 500);
        });
    }

    @Test
    void windowsAllocateNothing() {
        SequenceWindow window = new SequenceWindow(4096);
        long[] starts = new long[32];
        long[] ends = new long[32];
        assertAllocatesNothing(step -> {
            window.tryMark(step * 3L);
            window.tryMark(step * 3L - 100);
            window.collectRanges(starts, ends, 32);
        });
    }

    @Test
    void estimatorsBudgetsAndCountersAllocateNothing() {
        RttEstimator rtt = new RttEstimator(1_000_000);
        ByteBudget budget = new ByteBudget(1_000);
        ReasonCounters<Drop> counters = new ReasonCounters<>(Drop.class, EngineObserver.NOOP);
        assertAllocatesNothing(step -> {
            rtt.onSample(1_000_000 + step % 77, step % 5, step * 1_000L);
            rtt.ptoNanos(0);
            if (budget.tryReserve(step % 2_000)) {
                budget.release(step % 2_000);
            } else {
                counters.count(Drop.ANY);
            }
        });
    }

    @Test
    void scoresOfForecastsAllocateNothing() {
        ForecastScore score = new ForecastScore(10, 200);
        double[] expected = new double[10];
        assertAllocatesNothing(step -> {
            score.observe(step % 7);
            expected[step % 10] = step % 5;
            if (step % 11 == 0) {
                score.expectNothing();
            } else {
                score.expect(expected);
            }
            score.value();
        });
    }

    @Test
    void whatDecisionsCostIsScoredWithoutGarbage() {
        SkillGate gate = new SkillGate(GateMode.FREE, 0.02, 1, "path", GateListener.NOOP);
        gate.step(0, 0.5, 200, true, 0);
        assertAllocatesNothing(step -> {
            gate.score(gate.slot(), 1 + step % 9);
            gate.isPredictive();
            gate.report();
        });
    }

    /** Takes the least of several rounds: the compiler may allocate on this thread while it replaces code. */
    private static void assertAllocatesNothing(Operation operation) {
        long leastBytes = Long.MAX_VALUE;
        int step = 0;
        for (int round = 0; round < 10 && leastBytes > 0; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < OPERATIONS; i++) {
                operation.run(step++);
            }
            leastBytes = Math.min(leastBytes, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, leastBytes);
    }

    private static final class IdleTimer extends TimerWheel.Timer {
        @Override
        protected void onExpired(long nowNanos) {}
    }
}
