package io.foreshard.jmh.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.jmh.series.NamedSeries;
import org.junit.jupiter.api.Test;

class IntervalTallyTest {

    @Test
    void countsTheWorstTwoHundredInARow() {
        double[] values = new double[1_000];
        IntervalTally tally = new IntervalTally(new NamedSeries("zeros", 24, 24, values), 1);
        for (int target = tally.start(); target < values.length; target++) {
            boolean miss = target >= 600 && target < 650;
            tally.take(target, miss ? 1 : -1, 0, miss ? 2 : 1);
        }
        IntervalScore score = tally.scored("ours");
        assertEquals(0.9, score.coverage(), 1e-12);
        assertEquals(0.75, score.worstWindow(), 1e-12);
        assertEquals((450 * 2 + 50 * (1 + 40)) / 500.0, score.score(), 1e-12);
    }

    @Test
    void leavesMissingSamplesOut() {
        double[] values = {0, 1, 2, 3, Double.NaN, 5, 6, 8};
        IntervalTally tally = new IntervalTally(new NamedSeries("gap", 24, 24, values), 1);
        for (int target = tally.start(); target < values.length; target++) {
            tally.take(target, 0, values[target], 10);
        }
        assertEquals(3, tally.samples());
        assertEquals(0, tally.meanError());
        assertEquals(1.5, tally.scored("ours").naiveError(), 1e-12);
    }
}
