package io.foreshard.flowsharder.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingScoreTest {

    private static final int HORIZON = 3;
    private static final int NODES = 8;
    private static final List<Integer> ALL = IntStream.range(0, NODES).boxed().toList();

    private final RankingScore<Integer> score = new RankingScore<>(HORIZON);

    @Test
    void isLowForForecastsThatKnowWhoIsNext() {
        for (int step = 0; step < 400; step++) {
            int now = step;
            score.step(ALL, node -> burst(now, node), node -> peak(now, node));
        }
        // But for what chance may have done.
        assertEquals(0, score.value(), 0.1);
    }

    @Test
    void isNotLowForForecastsThatSayThatAllStays() {
        for (int step = 0; step < 400; step++) {
            int now = step;
            score.step(ALL, node -> burst(now, node), node -> burst(now, node));
        }
        assertEquals(1, score.value(), 1e-9);
    }

    @Test
    void isNotLowByChance() {
        for (long seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RankingScore<Integer> chance = new RankingScore<>(HORIZON);
            double[] loads = new double[NODES];
            for (int step = 0; step < 1000; step++) {
                loads[random.nextInt(NODES)] = random.nextDouble();
                chance.step(ALL, node -> loads[node], node -> loads[node] + 0.2 * random.nextDouble());
                assertTrue(!(chance.value() <= 0.9), "seed " + seed + ", step " + step + ": " + chance.value());
            }
        }
    }

    @Test
    void knowsNothingWhereNothingIsToBeGained() {
        for (int step = 0; step < 400; step++) {
            int now = step;
            score.step(ALL, node -> 0.1 * node + burst(now, 0), node -> 0.1 * node + peak(now, 0));
        }
        assertTrue(Double.isNaN(score.value()), () -> "" + score.value());
    }

    @Test
    void risesSoonAfterForecastsHaveBecomeWrong() {
        int step = 0;
        for (; step < 1000; step++) {
            int now = step;
            score.step(ALL, node -> burst(now, node), node -> peak(now, node));
        }
        int until = step + 100;
        for (; step < until && !(score.value() > 0.9); step++) {
            int now = step;
            score.step(ALL, node -> burst(now, node), node -> -peak(now, node));
        }
        assertTrue(step < 1060, "it took " + (step - 1000) + " steps");
    }

    @Test
    void findsNoHelpInForecastsThatAreNone() {
        for (int step = 0; step < 400; step++) {
            int now = step;
            score.step(ALL, node -> burst(now, node), node -> node < NODES / 2 ? Double.NaN : Double.POSITIVE_INFINITY);
        }
        assertTrue(score.value() > 0.9, () -> "" + score.value());
    }

    /** Each node is busy for four steps, one after the other. */
    private static double burst(int step, int node) {
        return Math.floorMod(step / 4 - node, NODES) < NODES / 2 + node % 2 ? 1 : 0.01 * node;
    }

    private static double peak(int step, int node) {
        return IntStream.rangeClosed(1, HORIZON)
                .mapToDouble(ahead -> burst(step + ahead, node))
                .max()
                .orElseThrow();
    }
}
