package io.foreshard.forecast.automatic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.forecast.baseline.NaiveModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackTestTest {

    private static final int SPLIT = 6;

    private final double[] samples = {1, 2, 4, 8, 16, 32, 64, Double.NaN, 256, 512};
    private final List<double[]> fittedTo = new ArrayList<>();

    @Test
    void showsCandidatesTheOlderPartOnly() {
        run();
        assertEquals(1, fittedTo.size());
        assertArrayEquals(new double[] {1, 2, 4, 8, 16, 32}, fittedTo.get(0));
    }

    @Test
    void scoresEachSampleByWhatWasKnownBeforeIt() {
        double[] residuals = run().residuals(0.5);
        for (int step = 0; step < SPLIT; step++) {
            assertTrue(Double.isNaN(residuals[step]), "step " + step);
        }
        double[] scored = Arrays.copyOfRange(residuals, SPLIT, samples.length);
        assertArrayEquals(new double[] {16, Double.NaN, 96, 128}, scored);
    }

    private BackTest run() {
        Candidate naive = Candidate.streaming("naive", 1, older -> {
            fittedTo.add(older.clone());
            return new NaiveModel();
        });
        BackTest test = new BackTest(List.of(naive), 1, 2, SPLIT);
        test.run(samples, samples, samples.length);
        return test;
    }
}
