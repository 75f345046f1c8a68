package io.foreshard.flowsharder.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReason;
import io.foreshard.flowsharder.spi.NodeState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoadForecastsTest {

    private static final int PERIOD = 20;
    private static final double OWN = 0.005;

    @Test
    void letsDecisionsSeeForecastsOnceTheyAreGoodAndPay() {
        LoadForecasts forecasts = LoadForecasts.builder(node -> new Seer(1)).build();
        assertTrue(run(forecasts, 3000, 1, 2) > 1000, forecasts.report().toString());
        assertEquals(GateReason.PROVEN, forecasts.report().reason());
    }

    @Test
    void hidesForecastsThatDoHarm() {
        Set<GateReason> reasons = EnumSet.noneOf(GateReason.class);
        LoadForecasts forecasts = LoadForecasts.builder(node -> new Seer(1))
                .listener((subject, report) -> reasons.add(report.reason()))
                .build();
        run(forecasts, 3000, 3, 1);
        assertEquals(EnumSet.of(GateReason.ON_TRIAL, GateReason.REGRET), reasons);
    }

    @Test
    void hidesForecastsThatAreNoBetterThanNone() {
        LoadForecasts forecasts = LoadForecasts.builder(node -> new Seer(-1)).build();
        assertEquals(0, run(forecasts, 1000, 1, 1));
        assertEquals(GateReason.NO_SKILL, forecasts.report().reason());
    }

    @Test
    void hidesAllForecastsWhileTheGateIsHeldShut() {
        LoadForecasts forecasts = LoadForecasts.builder(node -> new Seer(1))
                .gateMode(GateMode.SHUT)
                .build();
        assertEquals(0, run(forecasts, 1000, 1, 2));
        assertFalse(Double.isNaN(forecasts.expectedLoad("n0")), "it goes on forecasting");
    }

    /** Returns in how many steps forecasts were seen; what is placed costs something else with them than without. */
    private static int run(LoadForecasts forecasts, int steps, double costWith, double costWithout) {
        int seen = 0;
        for (int step = 0; step < steps; step++) {
            List<NodeState> states = forecasts.step(
                    step * 1_000_000_000L, List.of(Nodes.loaded(Nodes.node(0), wave(step) + OWN)), node -> OWN);
            boolean isSeen = !Double.isNaN(states.get(0).expectedLoad());
            seen += isSeen ? 1 : 0;
            // Costs that were always the same would tell nothing by their spread.
            forecasts.score(forecasts.slot(), (isSeen ? costWith : costWithout) * (1 + 0.01 * (step % 7)));
        }
        return seen;
    }

    private static double wave(int step) {
        return 0.5 + 0.49 * Math.sin(2 * Math.PI * step / PERIOD);
    }

    /** Knows the wave, or its opposite. */
    private static final class Seer implements Forecaster {

        private final int sign;
        private int step = -1;

        Seer(int sign) {
            this.sign = sign;
        }

        @Override
        public void update(double sample) {
            step++;
        }

        @Override
        public Forecast forecast(int horizonSteps) {
            double[] mean = new double[horizonSteps];
            Arrays.setAll(mean, i -> 0.5 + sign * (wave(step + 1 + i) - 0.5));
            return new Forecast(mean, new double[0], new double[0][], Double.NaN);
        }
    }
}
