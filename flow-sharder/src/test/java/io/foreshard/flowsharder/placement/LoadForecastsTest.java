package io.foreshard.flowsharder.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReason;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.NodeState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoadForecastsTest {

    private static final int PERIOD = 20;
    private static final int NODES = 4;
    private static final double OWN = 0.005;
    private double swing = 0.49;

    @Test
    void letsDecisionsSeeForecastsOnceTheyAreGoodAndPay() {
        LoadForecasts forecasts =
                LoadForecasts.builder(node -> new Seer(node, 1)).build();
        assertTrue(run(forecasts, 3000, 1, 2) > 1000, forecasts.report().toString());
        assertEquals(GateReason.PROVEN, forecasts.report().reason());
    }

    @Test
    void hidesForecastsThatDoHarm() {
        Set<GateReason> reasons = EnumSet.noneOf(GateReason.class);
        LoadForecasts forecasts = LoadForecasts.builder(node -> new Seer(node, 1))
                .listener((subject, report) -> reasons.add(report.reason()))
                .build();
        run(forecasts, 3000, 3, 1);
        assertEquals(EnumSet.of(GateReason.ON_TRIAL, GateReason.REGRET), reasons);
    }

    @Test
    void hidesForecastsThatDoHarmWhereNoLoadIsHigh() {
        swing = 0.3;
        Set<GateReason> reasons = EnumSet.noneOf(GateReason.class);
        LoadForecasts forecasts = LoadForecasts.builder(node -> new Seer(node, 1))
                .listener((subject, report) -> reasons.add(report.reason()))
                .build();
        int seen = run(forecasts, 3000, 3, 1);
        assertEquals(EnumSet.of(GateReason.ON_TRIAL, GateReason.REGRET), reasons);
        assertTrue(seen < 1000, () -> "seen for " + seen + " steps");
    }

    @Test
    void letsDecisionsSeeForecastsThatPayWhereNoLoadIsHigh() {
        swing = 0.3;
        LoadForecasts forecasts =
                LoadForecasts.builder(node -> new Seer(node, 1)).build();
        assertTrue(run(forecasts, 3000, 1, 2) > 2000, forecasts.report().toString());
        assertEquals(GateReason.PROVEN, forecasts.report().reason());
    }

    @Test
    void hidesForecastsOfWhichNothingCanBeCompared() {
        Set<GateReason> reasons = EnumSet.noneOf(GateReason.class);
        LoadForecasts forecasts = LoadForecasts.builder(node -> new Seer(node, 1))
                .listener((subject, report) -> reasons.add(report.reason()))
                .build();
        int seen = 0;
        for (int step = 0; step < 20_000; step++) {
            seen += isSeen(step(forecasts, step, 0)) ? 1 : 0;
        }
        assertEquals(EnumSet.of(GateReason.ON_TRIAL, GateReason.NO_SKILL), reasons);
        int steps = seen;
        assertTrue(steps > 0 && steps < 1500, () -> "seen for " + steps + " steps");
    }

    @Test
    void triesAgainWhenForecastsCanBeCompared() {
        LoadForecasts forecasts =
                LoadForecasts.builder(node -> new Seer(node, 1)).build();
        for (int step = 0; step < 1000; step++) {
            step(forecasts, step, 0);
        }
        run(forecasts, 1000, 4000, 1, 2, 0);
        assertEquals(GateReason.PROVEN, forecasts.report().reason());
    }

    @Test
    void hidesForecastsThatAreNoBetterThanNone() {
        LoadForecasts forecasts =
                LoadForecasts.builder(node -> new Seer(node, -1)).build();
        assertEquals(0, run(forecasts, 1000, 1, 1));
        assertEquals(GateReason.NO_SKILL, forecasts.report().reason());
    }

    @Test
    void hidesAllForecastsWhileTheGateIsHeldShut() {
        LoadForecasts forecasts = LoadForecasts.builder(node -> new Seer(node, 1))
                .gateMode(GateMode.SHUT)
                .build();
        assertEquals(0, run(forecasts, 1000, 1, 2));
        assertFalse(Double.isNaN(forecasts.expectedLoad("n0")), "it goes on forecasting");
    }

    @Test
    void takesForecastsBackSoonAfterTheyChooseWrongly() {
        LoadForecasts forecasts =
                LoadForecasts.builder(node -> new Seer(node, 1)).build();
        run(forecasts, 3000, 1, 1);
        assertEquals(GateReason.PROVEN, forecasts.report().reason());
        int seen = run(forecasts, 3000, 3500, 1, 1, PERIOD / 2);
        assertEquals(GateReason.NO_SKILL, forecasts.report().reason());
        assertTrue(seen < 60, () -> "seen for " + seen + " steps more");
    }

    @Test
    void countsTheLongestCostsMost() {
        Set<GateReason> reasons = EnumSet.noneOf(GateReason.class);
        LoadForecasts forecasts = LoadForecasts.builder(node -> new Seer(node, 1))
                .listener((subject, report) -> reasons.add(report.reason()))
                .build();
        for (int step = 0; step < 3000; step++) {
            boolean isSeen = isSeen(step(forecasts, step, 0));
            // With forecasts the mean logarithm is lower, and one in ten costs eight times as much.
            for (int flow = 0; flow < 10; flow++) {
                double cost = !isSeen ? 1 : flow == 0 ? 8 : 0.7;
                forecasts.score(forecasts.slot(), cost * (1 + 0.01 * (step % 7)));
            }
        }
        assertTrue(reasons.contains(GateReason.REGRET), reasons.toString());
        assertFalse(reasons.contains(GateReason.PROVEN), reasons.toString());
    }

    @Test
    void hidesForecastsThatChangeNoChoice() {
        LoadForecasts forecasts =
                LoadForecasts.builder(node -> new Seer(Nodes.node(0), 1)).build();
        for (int step = 0; step < 1000; step++) {
            double load = wave(step, 0) + OWN;
            List<NodeState> states = forecasts.step(
                    step * 1_000_000_000L,
                    List.of(Nodes.loaded(Nodes.node(0), load), Nodes.loaded(Nodes.node(1), load)),
                    node -> OWN);
            assertFalse(isSeen(states));
        }
        assertTrue(Double.isNaN(forecasts.report().scaledError()));
    }

    @Test
    void addsWhatComesFromUsAtTheTimeOfTheDecision() {
        LoadForecasts forecasts =
                LoadForecasts.builder(node -> new Seer(node, 1)).build();
        NodeState some = NodeState.up(Nodes.node(0)).expecting(0.7);
        assertTrue(Double.isNaN(forecasts.expecting(some, 0.3).expectedLoad()), "nothing is proven yet");
        run(forecasts, 3000, 1, 2);
        int step = 3000;
        while (!isSeen(step(forecasts, step, 0))) {
            step++;
        }
        double others = forecasts.expectedLoad("n0") - OWN;
        assertEquals(others + 0.3, forecasts.expecting(some, 0.3).expectedLoad(), 1e-9);
        assertTrue(Double.isNaN(
                forecasts.expecting(NodeState.up(Nodes.node(9)), 0.3).expectedLoad()));
    }

    /** Returns in how many steps forecasts were seen; what is placed costs something else with them than without. */
    private int run(LoadForecasts forecasts, int steps, double costWith, double costWithout) {
        return run(forecasts, 0, steps, costWith, costWithout, 0);
    }

    private int run(LoadForecasts forecasts, int from, int to, double costWith, double costWithout, int lateSteps) {
        int seen = 0;
        for (int step = from; step < to; step++) {
            boolean isSeen = isSeen(step(forecasts, step, lateSteps));
            seen += isSeen ? 1 : 0;
            // Costs that were always the same would tell nothing by their spread.
            forecasts.score(forecasts.slot(), (isSeen ? costWith : costWithout) * (1 + 0.01 * (step % 7)));
        }
        return seen;
    }

    private List<NodeState> step(LoadForecasts forecasts, int step, int lateSteps) {
        List<NodeState> states = IntStream.range(0, NODES)
                .mapToObj(i -> Nodes.loaded(Nodes.node(i), wave(step + lateSteps, i) + OWN))
                .toList();
        return forecasts.step(step * 1_000_000_000L, states, node -> OWN);
    }

    private static boolean isSeen(List<NodeState> states) {
        return !Double.isNaN(states.get(0).expectedLoad());
    }

    private double wave(int step, int node) {
        return 0.5 + swing * Math.sin(2 * Math.PI * (step + (double) node * PERIOD / NODES) / PERIOD);
    }

    /** Knows the wave, or its opposite. */
    private final class Seer implements Forecaster {

        private final int node;
        private final int sign;
        private int step = -1;

        Seer(Node node, int sign) {
            this.node = Integer.parseInt(node.id().substring(1));
            this.sign = sign;
        }

        @Override
        public void update(double sample) {
            step++;
        }

        @Override
        public Forecast forecast(int horizonSteps) {
            double[] mean = new double[horizonSteps];
            Arrays.setAll(mean, i -> 0.5 + sign * (wave(step + 1 + i, node) - 0.5));
            return new Forecast(mean, new double[0], new double[0][], Double.NaN);
        }
    }
}
