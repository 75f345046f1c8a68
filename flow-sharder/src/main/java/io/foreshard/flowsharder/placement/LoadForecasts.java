package io.foreshard.flowsharder.placement;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.GateListener;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReport;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.NodeState;
import io.foreshard.runtime.Checks;
import io.foreshard.runtime.ForecastScore;
import io.foreshard.runtime.SkillGate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Forecasts what others load nodes with, adds what we do now, and lets decisions see that only while it pays ({@link SkillGate}):
 *
 * <ul>
 *   <li>Forecasts have to be better than the naive one, and so has the choice of nodes that they would make ({@link RankingScore}). Both are
 *       scored at each step, also while forecasts do not decide.
 *   <li>What was placed by them must not have cost more than what was placed without, in times that take turns. Costs count by
 *       their squares, as the longest are those that matter. Only times count in which some load is forecast to rise: otherwise decisions
 *       are the same. Where no times can be compared for long, forecasts do not decide, and the next attempt waits.
 * </ul>
 *
 * <p>Give {@link #step} the states of the nodes at a fixed step, place by the states that it returns, and tell by {@link #score} what
 * became of it. Confined to one thread.
 */
public final class LoadForecasts {

    private static final double MEMORY_STEPS = 300;
    private static final double COST_MEMORY = 0.001;
    /** Ten times the mean, and more, counts the same: one flow must not decide. */
    private static final double MOST_SQUARE = 100;

    private final Function<Node, Forecaster> forecasters;
    private final int horizonSteps;
    private final int settlingSteps;
    private final SkillGate gate;
    private final TrialPatience patience;
    private final Map<String, Series> series = new HashMap<>();
    private final RankingScore<Series> ranking;
    private double meanCost = Double.NaN;

    private LoadForecasts(Builder builder) {
        forecasters = builder.forecasters;
        horizonSteps = Checks.positive("horizonSteps", builder.horizonSteps);
        settlingSteps = Checks.notNegative("settlingSteps", builder.settlingSteps);
        patience = new TrialPatience(settlingSteps);
        ranking = new RankingScore<>(horizonSteps);
        gate = new SkillGate(builder.gateMode, builder.controlShare, builder.seed, "placement", builder.listener);
    }

    /**
     * Returns a builder with the defaults.
     *
     * @param forecasters makes the forecaster of a node's load when the node is first seen
     */
    public static Builder builder(Function<Node, Forecaster> forecasters) {
        return new Builder(forecasters);
    }

    /**
     * Takes the load of each node, and forecasts the next ones. What we load a node with ourselves is ours to decide, so it is not
     * forecast: a forecast of it that works would not come true.
     *
     * @param nowNanos the engine's clock
     * @param states all nodes; those that are no more among them are forgotten
     * @param ownLoad how much of a node's load comes from us, on the same scale, such as the bytes that go over it as a share of what it
     *     can pass; 0 where that is not known
     * @return the same states with {@link NodeState#expectedLoad()}, which is {@link Double#NaN} while forecasts may not decide
     */
    public List<NodeState> step(long nowNanos, List<NodeState> states, ToDoubleFunction<Node> ownLoad) {
        series.keySet()
                .retainAll(states.stream().map(state -> state.node().id()).collect(Collectors.toSet()));
        for (NodeState state : states) {
            Series node = series.computeIfAbsent(state.node().id(), x -> new Series(forecasters.apply(state.node())));
            node.observe(state.load(), ownLoad.applyAsDouble(state.node()));
        }
        ranking.step(series.values(), node -> node.last, node -> node.foreign);
        double error = patience.step(gate.report()) ? error() : Double.NaN;
        gate.step(nowNanos, error, scored(), tells(states), settlingSteps);
        return expecting(states);
    }

    /** Placement and rebalancing look at rises only, however high the load; without any they decide the same. */
    private boolean tells(List<NodeState> states) {
        return states.stream().anyMatch(state -> expectedLoad(state.node().id()) > state.load());
    }

    private List<NodeState> expecting(List<NodeState> states) {
        return states.stream()
                .map(state -> state.expecting(
                        gate.isPredictive() ? expectedLoad(state.node().id()) : Double.NaN))
                .toList();
    }

    /**
     * Returns a state that was seen between two steps, expecting what is forecast of others and what comes from us now.
     *
     * @param state of a node that was among those of the last {@link #step}; what it expects is replaced
     * @param ownLoad how much of its load comes from us
     */
    public NodeState expecting(NodeState state, double ownLoad) {
        Series node = gate.isPredictive() ? series.get(state.node().id()) : null;
        return state.expecting(node == null ? Double.NaN : node.foreign + ownLoad);
    }

    /**
     * Returns the highest load that is forecast for a node, trusted or not; {@link Double#NaN} when not known.
     *
     * @param nodeId its name
     */
    public double expectedLoad(String nodeId) {
        Series node = series.get(nodeId);
        return node == null ? Double.NaN : node.expected();
    }

    /** Returns the slot in which what is placed now will be scored. */
    public int slot() {
        return gate.slot();
    }

    /**
     * Takes what a placement cost.
     *
     * @param placedIn the {@link #slot()} in which it was made
     * @param cost above 0, in any unit that is always the same, such as how long a request took
     */
    public void score(int placedIn, double cost) {
        if (cost > 0 && cost < Double.POSITIVE_INFINITY) {
            meanCost = Double.isNaN(meanCost) ? cost : meanCost + COST_MEMORY * (cost - meanCost);
            double share = cost / meanCost;
            // The gate compares logarithms of what it is given.
            gate.score(placedIn, Math.exp(Math.min(MOST_SQUARE, share * share)));
        }
    }

    /**
     * Returns whether forecasts decide, and what that rests on; any thread. The scaled error is that of choices, or of forecasts if these
     * are no better than the naive ones, and {@link Double#NaN} also while the next attempt waits; the regret is in squares of costs, as shares of the square of the mean.
     */
    public GateReport report() {
        return gate.report();
    }

    /** What counts is whether choices become better; forecasts that miss more than the naive one are not asked for any. */
    private double error() {
        double valueError = valueError();
        return valueError < 1 ? ranking.value() : valueError;
    }

    private double valueError() {
        return series.values().stream()
                .mapToDouble(node -> node.score.value())
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    private long scored() {
        return series.values().stream().mapToLong(node -> node.score.scored()).sum();
    }

    private final class Series {

        private final Forecaster forecaster;
        private final ForecastScore score = new ForecastScore(horizonSteps, MEMORY_STEPS);
        private final double[] ahead = new double[horizonSteps];
        private double last = Double.NaN;
        private double own;
        /** The most that is expected of others. */
        private double foreign = Double.NaN;

        Series(Forecaster forecaster) {
            this.forecaster = forecaster;
        }

        void observe(double load, double ownLoad) {
            last = load - ownLoad;
            own = ownLoad;
            score.observe(last);
            forecaster.update(last);
            Forecast forecast = forecaster.forecast(horizonSteps);
            foreign = Double.NEGATIVE_INFINITY;
            for (int step = 1; step <= horizonSteps; step++) {
                ahead[step - 1] = forecast.mean(step);
                foreign = Math.max(foreign, ahead[step - 1]);
            }
            score.expect(ahead);
        }

        double expected() {
            return own + foreign;
        }
    }

    /** Builds the forecasts. */
    public static final class Builder {

        private final Function<Node, Forecaster> forecasters;
        private int horizonSteps = 5;
        private int settlingSteps = 5;
        private double controlShare = SkillGate.DEFAULT_CONTROL_SHARE;
        private GateMode gateMode = GateMode.FREE;
        private GateListener listener = GateListener.NOOP;
        private long seed;

        private Builder(Function<Node, Forecaster> forecasters) {
            this.forecasters = forecasters;
        }

        /**
         * Sets how far ahead to look: as long as it takes until shards have moved, or what is placed now is done. Default: 5.
         *
         * @param steps above 0
         * @return this
         */
        public Builder horizonSteps(int steps) {
            horizonSteps = steps;
            return this;
        }

        /**
         * Sets for how many steps a placement shows in what later ones cost. Default: 5.
         *
         * @param steps not negative
         * @return this
         */
        public Builder settlingSteps(int steps) {
            settlingSteps = steps;
            return this;
        }

        /**
         * Sets which share of the time decisions go without forecasts while these are trusted, to compare with. Default: 0.02.
         *
         * @param share 0…0.5
         * @return this
         */
        public Builder controlShare(double share) {
            controlShare = share;
            return this;
        }

        /**
         * Sets whether forecasts may decide at all. Default: {@link GateMode#FREE}.
         *
         * @param mode free, or held shut
         * @return this
         */
        public Builder gateMode(GateMode mode) {
            gateMode = mode;
            return this;
        }

        /**
         * Sets who is told when forecasts begin or cease to decide.
         *
         * @param told must not block
         * @return this
         */
        public Builder listener(GateListener told) {
            listener = told;
            return this;
        }

        /**
         * Sets the seed that decides when decisions go without forecasts. Default: 0.
         *
         * @param value any
         * @return this
         */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * Builds the forecasts.
         *
         * @throws IllegalArgumentException if a value is out of range
         */
        public LoadForecasts build() {
            return new LoadForecasts(this);
        }
    }
}
