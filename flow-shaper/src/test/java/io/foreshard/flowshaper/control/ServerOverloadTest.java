package io.foreshard.flowshaper.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowshaper.spi.DelayCalculator;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * A server that takes 1 MB/s at most, whose load is told once a second and half a second late, and whose goodput falls with what comes on top:
 * a request too many costs time that another would have needed.
 */
class ServerOverloadTest {

    private static final double TAKES = 1e6;
    private static final long SECOND = 1_000_000_000L;

    private final StubView view = new StubView();
    private double goodput;
    private double least = Double.POSITIVE_INFINITY;
    private double most;
    private double backlog;
    private double rate;
    private LongToDoubleFunction takesAt = now -> TAKES;

    /** Runs and measures goodput and the range of the rate in the last third. */
    private void run(DelayCalculator law, LongToDoubleFunction demandAt, int seconds, LongToDoubleFunction silentAt) {
        rate = DelayCalculator.UNLIMITED;
        double load = 0;
        double told = Double.NaN;
        long toldAt = Long.MIN_VALUE;
        double good = 0;
        long last = seconds * SECOND;
        for (long now = 0; now < last; now += view.stepNanos) {
            double span = view.stepNanos / 1e9;
            double offered = demandAt.applyAsDouble(now);
            double takes = takesAt.applyAsDouble(now);
            backlog += offered * span;
            double out = Math.min(backlog, rate * span);
            backlog -= out;
            load += 0.05 * (Math.min(1, out / span / takes) - load);
            double over = Math.max(0, out / span / takes - 1);
            if (now >= last * 2 / 3) {
                good += Math.min(out, takes * span) * (1 - Math.min(0.9, over));
                least = Math.min(least, rate);
                most = Math.max(most, rate);
            }
            if (now % SECOND == 0 && silentAt.applyAsDouble(now) == 0) {
                told = load;
                toldAt = now - SECOND / 2;
            }
            view.serverLoad = told;
            view.loadAgeNanos = toldAt == Long.MIN_VALUE ? Long.MAX_VALUE : now - toldAt;
            view.arrival = offered;
            view.release = out / span;
            view.rate = rate;
            view.backlogBytes = (long) backlog;
            rate = law.rateBytesPerSecond(view, now);
        }
        goodput = good / (seconds / 3.0);
    }

    @Test
    void isHeldJustBelowWhatTheServerTakes() {
        run(PacedDelayCalculator.builder().build(), now -> 1.3 * TAKES, 300, now -> 0);
        assertTrue(goodput > 0.85 * TAKES, () -> "goodput " + goodput);
        assertTrue(most < 1.0 * TAKES && least > 0.8 * TAKES, () -> least + " to " + most);
        double shaped = goodput;
        run(new UnshapedDelayCalculator(), now -> 1.3 * TAKES, 300, now -> 0);
        double unshaped = goodput;
        assertTrue(shaped > 1.2 * unshaped, () -> shaped + " against " + unshaped);
    }

    @Test
    void isLeftAloneWhileItIsNotOverloaded() {
        run(PacedDelayCalculator.builder().build(), now -> 0.85 * TAKES, 60, now -> 0);
        assertEquals(DelayCalculator.UNLIMITED, least);
    }

    @Test
    void isLeftAloneAgainAfterwards() {
        run(PacedDelayCalculator.builder().build(), now -> (now < 60 * SECOND ? 1.3 : 0.4) * TAKES, 400, now -> 0);
        assertEquals(DelayCalculator.UNLIMITED, rate);
        assertEquals(0, backlog, 1);
    }

    @Test
    void isFilledAgainSoonAfterItWasSlow() {
        takesAt = now -> now > 20 * SECOND && now < 80 * SECOND ? TAKES / 8 : TAKES;
        run(PacedDelayCalculator.builder().build(), now -> TAKES, 80, now -> 0);
        assertTrue(rate < 0.2 * TAKES, () -> "rate while it is slow " + rate);
        backlog = 0;
        run(PacedDelayCalculator.builder().build(), now -> TAKES, 95, now -> 0);
        assertTrue(rate > 0.7 * TAKES, () -> "rate 15 s after it was slow " + rate);
    }

    @Test
    void goesToTheBaseRateWhenTheLoadIsNotToldAnyMore() {
        DelayCalculator law = PacedDelayCalculator.builder().baseRate(7e5).build();
        run(law, now -> 1.3 * TAKES, 400, now -> now > 100 * SECOND ? 1 : 0);
        assertEquals(7e5, rate, 0.01 * 7e5);
        run(PacedDelayCalculator.builder().build(), now -> 1.3 * TAKES, 400, now -> now > 100 * SECOND ? 1 : 0);
        assertTrue(rate > 1.2 * TAKES, () -> "rate " + rate);
    }
}
