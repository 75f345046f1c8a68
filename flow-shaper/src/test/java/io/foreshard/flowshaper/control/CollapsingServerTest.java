package io.foreshard.flowshaper.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowshaper.spi.DelayCalculator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server with a line of its own whose requests slow each other down (Gunther's Universal Scalability Law), as a fluid: once its line is
 * full it does less than half of its best, and looks as busy as when it is asked for a little too much.
 */
class CollapsingServerTest {

    private static final double MOST_IN_SERVICE = 32;
    private static final double MOST_IN_ALL = 160;
    private static final double BYTES = 100;
    private static final long SAMPLE_STEPS = 10;

    private final StubView view = new StubView();
    private double inAll;
    private double goodput;

    private static double perSecond(double inService) {
        double cost = 1 + 0.03 * Math.max(0, inService - 1) + 0.02 * inService * Math.max(0, inService - 1);
        return inService * 200 / cost;
    }

    private static double best() {
        return perSecond(7);
    }

    /** Runs an overload of three tenths for two minutes; measures what is done in the second one. */
    private void run(DelayCalculator law, boolean outcomesTold) {
        view.stepNanos = 10_000_000;
        view.loopDelayNanos = 20_000_000;
        double rate = DelayCalculator.UNLIMITED;
        double backlog = 0;
        double done = 0;
        for (long step = 1; step <= 12_000; step++) {
            double span = view.stepNanos / 1e9;
            // What waits for too long is given up.
            backlog = Math.min(backlog + 1.3 * best() * span, 0.5 * best());
            double out = Math.min(backlog, rate / BYTES * span);
            backlog -= out;
            double served = perSecond(Math.min(MOST_IN_SERVICE, inAll));
            inAll = Math.max(0, Math.min(MOST_IN_ALL, inAll + out - served * span));
            done += step > 6_000 ? served * span : 0;
            if (step % SAMPLE_STEPS == 0) {
                view.serverLoad = Math.min(1, inAll / 8);
                view.loadAgeNanos = 0;
            } else {
                view.loadAgeNanos += view.stepNanos;
            }
            view.served = outcomesTold ? served * BYTES : Double.NaN;
            view.release = out * BYTES / span;
            view.backlogBytes = (long) (backlog * BYTES);
            view.rate = rate;
            rate = law.rateBytesPerSecond(view, step * view.stepNanos);
        }
        goodput = done / 60 / best();
    }

    @Test
    void collapsesWithoutAShaper() {
        run(new UnshapedDelayCalculator(), false);
        assertEquals(perSecond(MOST_IN_SERVICE) / best(), goodput, 0.01);
    }

    @Test
    void isKeptFromCollapseByItsLoadAlone() {
        run(PacedDelayCalculator.builder().build(), false);
        assertTrue(goodput > 0.7, () -> "does " + goodput + " of its best");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.7, 0.8, 0.9})
    void isKeptNearItsBestByWhatItGetsDone(double target) {
        run(PacedDelayCalculator.builder().serverTarget(target).build(), true);
        assertTrue(goodput > 0.85, () -> "does " + goodput + " of its best");
    }
}
