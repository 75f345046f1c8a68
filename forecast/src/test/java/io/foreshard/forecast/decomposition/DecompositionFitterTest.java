package io.foreshard.forecast.decomposition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.forecast.model.FittedModel;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecompositionFitterTest {

    private static final Golden R = Golden.load("stl.properties");
    private static final Mstl DAY_AND_WEEK = Mstl.builder(24, 168).build();

    private static FittedModel fit(boolean drift) {
        return DecompositionFitter.of(DAY_AND_WEEK::decompose, adjusted -> RandomWalk.fit(adjusted, drift))
                .fit(R.values("mstl.series"));
    }

    private static double[] forecast(FittedModel fit, int steps) {
        double[] mean = new double[steps];
        fit.model().forecast(mean);
        return mean;
    }

    @Test
    void forecastsAsRDoesFromADecomposition() {
        int[] steps = IntStream.range(0, 200).toArray();
        Golden.assertAt(steps, R.values("mstl.naive"), forecast(fit(false), 200), 1e-11);
        Golden.assertAt(steps, R.values("mstl.drift"), forecast(fit(true), 200), 1e-11);
    }

    @Test
    void hasTheErrorsOfTheInnerFit() {
        double[] residuals = fit(true).residuals();
        assertTrue(Double.isNaN(residuals[0]));
        int[] steps = IntStream.range(1, 421).toArray();
        Golden.assertAt(steps, R.values("mstl.driftResiduals"), residuals, 1e-10);
    }

    @Test
    void saysWhichSeasonsItTookOff() {
        assertEquals("STL(24,168) + random walk", fit(false).description());
    }

    @Test
    void marksMissingSamplesUnlessTheyAreToBeFilled() {
        double[] series = R.values("mstl.series");
        series[100] = Double.NaN;
        boolean[] gapSeen = new boolean[2];
        DecompositionFitter marking = DecompositionFitter.of(DAY_AND_WEEK::decompose, adjusted -> {
            gapSeen[0] = Double.isNaN(adjusted[100]);
            return RandomWalk.fit(adjusted, false);
        });
        marking.fit(series);
        DecompositionFitter filling = DecompositionFitter.of(DAY_AND_WEEK::decompose, adjusted -> {
                    gapSeen[1] = !Arrays.stream(adjusted).allMatch(Double::isFinite);
                    return RandomWalk.fit(adjusted, false);
                })
                .withGapsFilled();
        double[] residuals = filling.fit(series).residuals();
        assertTrue(gapSeen[0]);
        assertFalse(gapSeen[1]);
        assertTrue(Double.isNaN(residuals[100]));
        assertTrue(Double.isFinite(residuals[101]));
    }

    @Test
    void givesModelsThatDoNotShareTheirState() {
        FittedModel fit = fit(false);
        double[] before = forecast(fit, 30);
        fit.model().update(1e6);
        assertArrayEquals(before, forecast(fit, 30));
    }
}
