package io.foreshard.forecast.ets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class EtsFitterTest {

    @Test
    void feedingTheSamplesGivesTheResidualsAndTheFinalState() {
        Property.named("update = refit").runs(30).maxSize(150).check((random, size) -> {
            double[] series = seasonal(random, size + 20);
            EtsFit fit = EtsFitter.builder().period(6).build().fit(series);
            EtsModel model = fit.initialModel();
            double[] residuals = fit.residuals();
            for (int t = 0; t < series.length; t++) {
                assertEquals(residuals[t], series[t] - model.next(), fit.description());
                model.update(series[t]);
            }
            assertArrayEquals(forecast(fit, 12), forecast(model, 12), fit.description());
        });
    }

    @Test
    void forecastsScaleWithTheData() {
        Property.named("ETS is scale equivariant").runs(20).maxSize(150).check((random, size) -> {
            double[] series = seasonal(random, size + 20);
            double factor = Math.pow(10, 24 * random.nextDouble() - 12);
            EtsFit fit = EtsFitter.builder().period(6).build().fit(series);
            EtsFit scaled = EtsFitter.builder().period(6).build().fit(map(series, t -> factor * series[t]));
            double[] mean = forecast(fit, 12);
            double[] scaledMean = forecast(scaled, 12);
            for (int step = 0; step < mean.length; step++) {
                assertEquals(mean[step], scaledMean[step] / factor, 1e-6 * Math.abs(mean[step]), fit.description());
            }
        });
    }

    @Test
    void additiveForecastsShiftWithTheData() {
        Property.named("additive ETS is shift equivariant")
                .runs(20)
                .maxSize(150)
                .check((random, size) -> {
                    double[] series = seasonal(random, size + 20);
                    double shift = 2000 * random.nextDouble() - 1000;
                    EtsFitter fitter =
                            EtsFitter.builder().period(6).additiveOnly().build();
                    double[] mean = forecast(fitter.fit(series), 12);
                    EtsFit fit = fitter.fit(map(series, t -> series[t] + shift));
                    double[] shifted = forecast(fit, 12);
                    for (int step = 0; step < mean.length; step++) {
                        assertEquals(mean[step] + shift, shifted[step], 1e-4, fit.description());
                    }
                });
    }

    @Test
    void answersHostileInput() {
        EtsFitter fitter = EtsFitter.builder().period(4).build();
        answers(fitter, new double[] {7});
        answers(fitter, new double[] {7, 8});
        answers(fitter, new double[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        answers(fitter, new double[] {5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5});
        answers(fitter, map(new double[30], t -> (t % 4) * 1e300 / 4));
        answers(fitter, map(new double[30], t -> (1 + t % 4) * 1e-300));
        answers(fitter, map(new double[30], t -> t % 2 == 0 ? 1e-300 : 1e300));
        answers(fitter, map(new double[30], t -> t % 2 == 0 ? -Double.MAX_VALUE : Double.MAX_VALUE));
        answers(fitter, map(new double[30], t -> Double.MIN_VALUE * (t % 3)));
        answers(fitter, map(new double[30], t -> t % 3 == 0 ? Double.NaN : t));
        answers(fitter, map(new double[30], t -> t < 20 ? Double.NEGATIVE_INFINITY : t));
        answers(fitter, map(new double[30], t -> t == 29 ? 1 : Double.NaN));
        answers(fitter, map(new double[60], t -> t == 40 ? 1e12 : 0));
    }

    private static void answers(EtsFitter fitter, double[] series) {
        EtsFit fit = fitter.fit(series);
        String what = Arrays.toString(series) + " " + fit.description();
        assertTrue(Arrays.stream(forecast(fit, 20)).allMatch(Double::isFinite), what);
        assertTrue(fit.sigma() >= 0, what);
        assertEquals(series.length, fit.residuals().length);
    }

    @Test
    void refusesASeriesWithoutSamples() {
        EtsFitter fitter = EtsFitter.builder().build();
        assertThrows(IllegalArgumentException.class, () -> fitter.fit(new double[0]));
        assertThrows(IllegalArgumentException.class, () -> fitter.fit(new double[] {Double.NaN}));
    }

    @Test
    void bridgesGapsWithoutLosingTheSeason() {
        SeededRandom random = new SeededRandom(5);
        double[] series = seasonal(random, 120);
        double[] gappy = map(series, t -> t % 7 == 3 || (t > 60 && t < 75) ? Double.NaN : series[t]);
        double[] full = forecast(EtsFitter.builder().period(6).build().fit(series), 6);
        double[] gaps = forecast(EtsFitter.builder().period(6).build().fit(gappy), 6);
        for (int step = 0; step < 6; step++) {
            assertEquals(full[step], gaps[step], 4);
        }
    }

    @Test
    void fitsTheFormThatIsAskedFor() {
        SeededRandom random = new SeededRandom(11);
        double[] season = {0.1, 0.2, 3, 1, 0.5, 1.2};
        double[] series = map(new double[90], t -> (30 - t / 4.0) * season[t % 6] * (0.9 + 0.2 * random.nextDouble()));
        for (EtsForm form : EtsForm.all()) {
            EtsFit fit = EtsFitter.builder().period(6).forms(form).build().fit(series);
            assertEquals(form, fit.form());
            assertTrue(Double.isFinite(fit.logLikelihood()), fit.description());
        }
    }

    @Test
    void keepsLongSeasonsOfTheDecomposition() {
        double[] series =
                map(new double[1500], t -> 50 + 20 * Math.sin(2 * Math.PI * t / 300) + (t * 7919 % 13) / 13.0);
        EtsFit fit = EtsFitter.builder()
                .period(300)
                .forms(EtsForm.HOLT_WINTERS_ADDITIVE)
                .build()
                .fit(series);
        double[] mean = forecast(fit, 300);
        for (int step = 0; step < mean.length; step++) {
            assertEquals(50.5 + 20 * Math.sin(2 * Math.PI * step / 300), mean[step], 1.5, fit.description());
        }
    }

    @Test
    void staysWithinItsBudget() {
        double[] series = seasonal(new SeededRandom(3), 120);
        EtsFit small = EtsFitter.builder().period(6).maxEvaluations(150).build().fit(series);
        EtsFit large = EtsFitter.builder().period(6).build().fit(series);
        assertTrue(small.evaluations() < 400, () -> "evaluations " + small.evaluations());
        assertTrue(large.evaluations() > small.evaluations());
        assertTrue(large.aicc() <= small.aicc());
    }

    @Test
    void choosesBySchwarzsCriterionWhereAsked() {
        double[] series = seasonal(new SeededRandom(4), 120);
        EtsFit fit = EtsFitter.builder()
                .period(6)
                .criterion(EtsCriterion.BIC)
                .build()
                .fit(series);
        for (EtsForm form : EtsForm.all()) {
            EtsFit other = EtsFitter.builder()
                    .period(6)
                    .criterion(EtsCriterion.BIC)
                    .forms(form)
                    .build()
                    .fit(series);
            assertTrue(fit.criterion() <= other.criterion() + 0.1, other.description());
        }
    }

    @Test
    void tellsWhichOptionIsWrong() {
        EtsFitter.Builder builder = EtsFitter.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.period(0));
        assertThrows(IllegalArgumentException.class, () -> builder.maxEvaluations(0));
        assertEquals(
                "forms: none (expected: at least one)",
                assertThrows(IllegalArgumentException.class, builder::forms).getMessage());
    }

    @Test
    void dropsTheSeasonOfAShortSeries() {
        EtsFit fit = EtsFitter.builder().period(24).build().fit(seasonal(new SeededRandom(1), 40));
        assertEquals(EtsForm.SeasonType.NONE, fit.form().season());
        assertEquals(1, fit.period());
    }

    private static double[] seasonal(SeededRandom random, int length) {
        double[] season = {8, 3, -5, -9, 0, 3};
        double slope = 0.2 * random.nextDouble();
        return map(
                new double[length],
                t -> 100 + slope * t + season[t % 6] + 6 * (random.nextDouble() + random.nextDouble() - 1));
    }

    private static double[] map(double[] series, IntToDoubleFunction value) {
        double[] mapped = new double[series.length];
        Arrays.setAll(mapped, value);
        return mapped;
    }

    private static double[] forecast(EtsFit fit, int steps) {
        return forecast(fit.model(), steps);
    }

    private static double[] forecast(EtsModel model, int steps) {
        double[] mean = new double[steps];
        model.forecast(mean);
        return mean;
    }
}
