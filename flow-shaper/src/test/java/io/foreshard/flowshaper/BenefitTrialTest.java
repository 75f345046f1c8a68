package io.foreshard.flowshaper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowshaper.TrialReport.Verdict;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class BenefitTrialTest {

    private static final int STEPS = 20_000;

    @Test
    void withoutATrialPacketsAreShaped() {
        BenefitTrial trial = new BenefitTrial(false, "path", 1);
        run(trial, 1, cost -> cost);
        assertFalse(trial.bypasses());
        assertEquals(Verdict.OFF, trial.report().verdict());
    }

    @Test
    void whatDoesNotHelpIsBypassed() {
        int bypassed = 0;
        for (int seed = 0; seed < 20; seed++) {
            BenefitTrial trial = new BenefitTrial(true, "path", seed);
            run(trial, seed, cost -> cost);
            bypassed += trial.report().verdict() == Verdict.NO_GAIN ? 1 : 0;
        }
        assertTrue(bypassed >= 18, bypassed + " of 20 bypassed");
    }

    @Test
    void whatHarmsIsBypassed() {
        for (int seed = 0; seed < 10; seed++) {
            BenefitTrial trial = new BenefitTrial(true, "path", seed);
            run(trial, seed, cost -> cost * 1.3);
            assertEquals(Verdict.NO_GAIN, trial.report().verdict(), "seed " + seed);
        }
    }

    @Test
    void whatHarmsIsTriedSeldomAfterwards() {
        int shaped = 0;
        for (int seed = 0; seed < 10; seed++) {
            BenefitTrial trial = new BenefitTrial(true, "path", seed);
            run(trial, seed, cost -> cost * 1.3);
            shaped += run(trial, seed + 100, cost -> cost * 1.3);
        }
        int steps = shaped;
        assertTrue(steps < 0.02 * 10 * STEPS, () -> steps + " steps shaped");
    }

    @Test
    void whatHelpsStays() {
        int stays = 0;
        for (int seed = 0; seed < 20; seed++) {
            BenefitTrial trial = new BenefitTrial(true, "path", seed);
            stays += run(trial, seed, cost -> cost * 0.5) > 0.7 * STEPS ? 1 : 0;
            assertTrue(trial.report().verdict() != Verdict.NO_GAIN, "seed " + seed);
        }
        assertTrue(stays >= 18, stays + " of 20 stay");
    }

    @Test
    void nothingIsComparedWhileThereIsNothingToShape() {
        BenefitTrial trial = new BenefitTrial(true, "path", 1);
        for (int step = 0; step < STEPS; step++) {
            trial.step(step, false, 100, 5);
        }
        assertEquals(Verdict.COMPARING, trial.report().verdict());
        assertEquals(0, trial.report().pairs());
    }

    @Test
    void aRequestThatFailsIsDearerThanOneThatSucceeds() {
        int bypassed = 0;
        for (int seed = 0; seed < 10; seed++) {
            BenefitTrial trial = new BenefitTrial(true, "path", seed);
            Random random = new Random(seed);
            for (int step = 0; step < STEPS; step++) {
                boolean fails = !trial.bypasses() && random.nextInt(5) == 0;
                trial.completed(100 + random.nextInt(20), !fails);
                trial.step(step, true, Double.NaN, 5);
            }
            bypassed += trial.report().verdict() == Verdict.NO_GAIN ? 1 : 0;
        }
        assertTrue(bypassed >= 9, bypassed + " of 10 bypassed");
    }

    /** Runs epochs of noisy costs; returns in how many steps packets were shaped. */
    private static int run(BenefitTrial trial, long seed, DoubleUnaryOperator shaped) {
        Random random = new Random(seed);
        int steps = 0;
        for (int step = 0; step < STEPS; step++) {
            double cost = 100 * Math.exp(0.3 * random.nextGaussian());
            boolean bypassed = trial.bypasses();
            trial.step(step, true, bypassed ? cost : shaped.applyAsDouble(cost), 5);
            steps += bypassed ? 0 : 1;
        }
        return steps;
    }
}
