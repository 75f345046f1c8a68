package io.foreshard.flowshaper.scheduling;

import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.runtime.ReasonCounters;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A delay calculator on the data path, where it may neither throw nor dawdle: what it throws counts as no delay, and one that is slow time
 * after time is left out until another takes its place. One call in {@value #SAMPLED} is timed.
 */
final class GuardedCalculator {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedCalculator.class);
    private static final int SAMPLED = 256;
    private static final long SLOW_NANOS = 1_000_000L;
    /** One slow call may be the machine's fault; so many in a row are not. */
    private static final int SLOW_CALLS = 3;

    private final ReasonCounters<ShaperReason> counters;
    private final LongSupplier stopwatch;
    private DelayCalculator calculator;
    private int calls;
    private int slowCalls;

    GuardedCalculator(DelayCalculator calculator, ReasonCounters<ShaperReason> counters, LongSupplier stopwatch) {
        this.calculator = calculator;
        this.counters = counters;
        this.stopwatch = stopwatch;
    }

    void replace(DelayCalculator newCalculator) {
        if (calculator != newCalculator) {
            calculator = newCalculator;
            slowCalls = 0;
        }
    }

    /** Returns how long the first packet of a flow is to be held, within its class's budget. */
    long delayNanos(Flow flow, BottleneckView view) {
        if (slowCalls >= SLOW_CALLS) {
            return 0;
        }
        calls++;
        long delay = calls % SAMPLED == 0 ? timed(flow, view) : asked(flow, view);
        return delay <= 0 ? 0 : Math.min(delay, flow.lane.delayBudgetNanos());
    }

    private long timed(Flow flow, BottleneckView view) {
        long before = stopwatch.getAsLong();
        long delay = asked(flow, view);
        if (stopwatch.getAsLong() - before < SLOW_NANOS) {
            slowCalls = 0;
        } else {
            slowCalls++;
            counters.count(ShaperReason.CALCULATOR_SLOW);
        }
        return delay;
    }

    private long asked(Flow flow, BottleneckView view) {
        try {
            return calculator.delayNanos(flow, view);
        } catch (RuntimeException | Error fault) {
            LOG.debug("A delay calculator failed", fault);
            counters.count(ShaperReason.CALCULATOR_FAILED);
            return 0;
        }
    }
}
