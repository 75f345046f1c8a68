package io.foreshard.forecast.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.simulator.Property;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BaselineModelsTest {

    @Test
    void naiveKeepsItsSampleThroughAGap() {
        NaiveModel model = new NaiveModel();
        model.update(4);
        model.skip();
        model.update(Double.NaN);
        assertArrayEquals(new double[] {4, 4}, forecast(model, 2));
    }

    @Test
    void seasonalNaiveUsesTheSeasonEarlierWhereTheLastMissesASample() {
        SeasonalNaiveModel model = new SeasonalNaiveModel(3);
        feed(model, 1, 2, 3, 11, Double.NaN, 13);
        assertArrayEquals(new double[] {11, 2, 13, 11, 2}, forecast(model, 5));
    }

    @Test
    void seasonalNaiveKeepsTheSeasonAfterALongGap() {
        SeasonalNaiveModel model = new SeasonalNaiveModel(3);
        feed(model, 1, 2, 3);
        for (int step = 0; step < 3001; step++) {
            model.skip();
        }
        assertArrayEquals(new double[] {2, 3, 1}, forecast(model, 3));
    }

    @Test
    void seasonalNaiveIsNaiveUntilAPhaseHasASample() {
        SeasonalNaiveModel model = new SeasonalNaiveModel(4);
        feed(model, 5, 6);
        assertArrayEquals(new double[] {6, 6, 5, 6, 6}, forecast(model, 5));
    }

    @Test
    void driftIsFlatAfterOneSample() {
        DriftModel model = new DriftModel();
        model.skip();
        assertEquals(0, model.next());
        model.update(9);
        assertArrayEquals(new double[] {9, 9}, forecast(model, 2));
    }

    @Test
    void driftCountsSkippedStepsAsTime() {
        DriftModel model = new DriftModel();
        feed(model, 10, Double.NaN, 14, Double.NaN);
        assertArrayEquals(new double[] {18, 20}, forecast(model, 2), 1e-12);
    }

    @Test
    void driftIsCutOffAtTheRangeOfADouble() {
        DriftModel model = new DriftModel();
        feed(model, -Double.MAX_VALUE, Double.MAX_VALUE);
        assertEquals(Double.MAX_VALUE, model.next());
    }

    @Test
    void seasonalMeanIsThePlainMeanOfTheFirstSeasons() {
        SeasonalMeanModel model = new SeasonalMeanModel(2, 0.1);
        feed(model, 1, 10, 3, 20, 5, Double.NaN);
        assertArrayEquals(new double[] {3, 15}, forecast(model, 2), 1e-12);
    }

    @Test
    void seasonalMeanForgetsAtItsGain() {
        SeasonalMeanModel model = new SeasonalMeanModel(1, 0.5);
        feed(model, 1, 3, 10);
        assertEquals(6, model.next(), 1e-12);
        double[] factors = new double[3];
        model.errorGrowth(factors);
        assertArrayEquals(new double[] {1, Math.sqrt(1.25), Math.sqrt(1.5)}, factors, 1e-12);
    }

    @Test
    void windowMedianEqualsTheSortedMiddle() {
        Property.named("the median of a window is the middle of its sorted samples")
                .runs(60)
                .check((random, size) -> {
                    int window = 1 + random.nextInt(12);
                    WindowMedianModel model = new WindowMedianModel(window);
                    double[] series = new double[size];
                    for (int step = 0; step < size; step++) {
                        series[step] = random.chance(0.3) ? random.nextInt(3) - 1.0 : random.nextGaussian();
                        model.update(series[step]);
                        double[] last = Arrays.copyOfRange(series, Math.max(0, step + 1 - window), step + 1);
                        Arrays.sort(last);
                        assertEquals((last[(last.length - 1) / 2] + last[last.length / 2]) / 2, model.next(), 1e-12);
                    }
                });
    }

    @Test
    void windowMedianIgnoresASpike() {
        WindowMedianModel model = new WindowMedianModel(5);
        feed(model, 3, 3, 1e9, 3, 4);
        assertEquals(3, model.next());
    }

    @Test
    void saysWhatIsWrongWithASetting() {
        assertThrows(IllegalArgumentException.class, () -> new SeasonalNaiveModel(0));
        assertThrows(IllegalArgumentException.class, () -> new SeasonalMeanModel(0, 0.1));
        assertThrows(IllegalArgumentException.class, () -> new SeasonalMeanModel(4, 0));
        assertThrows(IllegalArgumentException.class, () -> new WindowMedianModel(0));
        String message = assertThrows(IllegalArgumentException.class, () -> new SeasonalMeanModel(4, Double.NaN))
                .getMessage();
        assertEquals("gain: NaN (expected: in (0, 1])", message);
    }

    private static void feed(StreamingModel model, double... series) {
        for (double sample : series) {
            if (Double.isNaN(sample)) {
                model.skip();
            } else {
                model.update(sample);
            }
        }
    }

    private static double[] forecast(StreamingModel model, int horizon) {
        double[] mean = new double[horizon];
        model.forecast(mean);
        return mean;
    }
}
