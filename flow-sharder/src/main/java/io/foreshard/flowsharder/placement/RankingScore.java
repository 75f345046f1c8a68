package io.foreshard.flowsharder.placement;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What it costs to choose nodes by a forecast of what others do there, and what by what they do now, once it is known what they did: the
 * most that the chosen ones got within the horizon, above that of the best there were. Nothing is to be placed for that, so it
 * is known also while forecasts do not decide. Belongs to one thread.
 *
 * @param <N> nodes
 */
final class RankingScore<N> {

    /** Which part of the nodes is chosen: who places much uses several. */
    private static final int CHOSEN_PART = 4;

    private static final double MEMORY_BLOCKS = 40;
    private static final double RECENT = 1 / 4.0;
    private static final int LEAST_BLOCKS = 8;
    private static final double ERRORS = 2;
    /** Of loads, which are about 1: who loses no more by what is seen now has nothing to gain. */
    private static final double NOTHING = 1e-3;

    private final int horizonSteps;
    private final Deque<Guess<N>> guesses = new ArrayDeque<>();
    private double blockGain;
    private double blockNaive;
    private int inBlock;
    private long blocks;
    private double naive;
    private double harm;
    private double variance;
    private double recentHarm;

    RankingScore(int horizonSteps) {
        this.horizonSteps = horizonSteps;
    }

    /** What was expected of the nodes at a step, and what came. */
    private static final class Guess<N> {
        private final List<N> nodes;
        private final double[] now;
        private final double[] forecast;
        private final double[] came;
        private int steps;

        Guess(List<N> nodes, double[] now, double[] forecast) {
            this.nodes = nodes;
            this.now = now;
            this.forecast = forecast;
            this.came = new double[now.length];
            Arrays.fill(came, Double.NEGATIVE_INFINITY);
        }

        void observe(ToDoubleFunction<N> seen) {
            steps++;
            for (int i = 0; i < came.length; i++) {
                double load = seen.applyAsDouble(nodes.get(i));
                came[i] = load > came[i] ? load : came[i];
            }
        }

        /** Returns what came to those who are least by some measure. */
        double chosenBy(double[] measure) {
            return IntStream.range(0, came.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> measure[i]))
                    .limit(Math.max(1, came.length / CHOSEN_PART))
                    .mapToDouble(i -> came[i])
                    .average()
                    .orElse(Double.NaN);
        }
    }

    /**
     * Takes a step.
     *
     * @param nodes all there are; those of earlier that are no more among them count as they were last
     * @param now what others do at a node, as of this step
     * @param forecast the most that they are expected to do within the horizon
     */
    void step(Collection<N> nodes, ToDoubleFunction<N> now, ToDoubleFunction<N> forecast) {
        for (Iterator<Guess<N>> each = guesses.iterator(); each.hasNext(); ) {
            Guess<N> guess = each.next();
            guess.observe(now);
            if (guess.steps == horizonSteps) {
                score(guess);
                each.remove();
            }
        }
        List<N> known = new ArrayList<>(nodes);
        known.removeIf(node -> !Double.isFinite(now.applyAsDouble(node)));
        if (known.size() > 1) {
            guesses.add(new Guess<>(known, values(known, now), values(known, forecast)));
        }
    }

    /** Forecasts that are none come last, so that they choose at random and not what is best. */
    private static <N> double[] values(List<N> nodes, ToDoubleFunction<N> of) {
        return nodes.stream()
                .mapToDouble(of)
                .map(value -> Double.isFinite(value) ? value : Double.MAX_VALUE)
                .toArray();
    }

    private void score(Guess<N> guess) {
        double best = guess.chosenBy(guess.came);
        double naiveLoss = guess.chosenBy(guess.now) - best;
        double change = guess.chosenBy(guess.forecast) - best - naiveLoss;
        if (!Double.isFinite(change)) {
            return;
        }
        blockNaive += naiveLoss;
        blockGain += change;
        // What overlaps in time is alike; blocks are nearly independent.
        if (++inBlock == 2 * horizonSteps) {
            addBlock(blockGain / inBlock, blockNaive / inBlock);
            blockGain = 0;
            blockNaive = 0;
            inBlock = 0;
        }
    }

    private void addBlock(double blockHarm, double blockLoss) {
        blocks++;
        double part = Math.max(1 / MEMORY_BLOCKS, 1.0 / blocks);
        double off = blockHarm - harm;
        naive += part * (blockLoss - naive);
        harm += part * off;
        variance = (1 - part) * (variance + part * off * off);
        recentHarm += Math.max(RECENT, 1.0 / blocks) * (blockHarm - recentHarm);
    }

    /**
     * Returns what is lost by choosing by forecasts, in units of what is lost by choosing by what is seen now: at most, but for chance;
     * {@link Double#NaN} when not known, or when nothing is lost without forecasts.
     */
    double value() {
        if (blocks < LEAST_BLOCKS || naive < NOTHING) {
            return Double.NaN;
        }
        double memory = Math.min((double) blocks, 2 * MEMORY_BLOCKS);
        double lasting = harm + ERRORS * Math.sqrt(variance / memory);
        boolean harmsNow = recentHarm > ERRORS * Math.sqrt(variance * RECENT / (2 - RECENT));
        return 1 + (harmsNow ? Math.max(lasting, recentHarm) : lasting) / naive;
    }
}
