package io.foreshard.forecast.ets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Recursions, likelihood, intervals and optimum against R forecast (src/test/golden/ets.R) on every form. */
class EtsGoldenTest {

    private static final Golden R = Golden.load("ets.properties");
    private static final int SIGMA = 6;
    private static final int LIKELIHOOD = 7;
    private static final double NORMAL_90 = 1.2815515655446004;
    private static final double NORMAL_97 = 1.9599639845400545;

    static Stream<String> fits() {
        return R.having("fit").stream();
    }

    static Stream<String> series() {
        return R.having("best").stream();
    }

    @ParameterizedTest
    @MethodSource("fits")
    void likelihoodAtTheParametersOfREqualsItsOwn(String key) {
        double expected = R.values(key + ".fit")[LIKELIHOOD];
        assertEquals(expected, replay(key).logLikelihood(), 1e-6 * Math.abs(expected));
    }

    @ParameterizedTest
    @MethodSource("fits")
    void forecastsFromTheStatesOfREqualItsOwn(String key) {
        double[] expected = R.values(key + ".mean");
        double[] mean = new double[expected.length];
        replay(key).last().forecast(mean);
        double tolerance =
                form(key).isDamped() && form(key).season() == EtsForm.SeasonType.MULTIPLICATIVE ? 2e-3 : 1e-8;
        for (int step = 0; step < mean.length; step++) {
            assertEquals(expected[step], mean[step], tolerance * Math.abs(expected[step]), key + step);
        }
    }

    /** Without A,N,A and M,N,A: there R 8.20 gives the season's share of the variance one step too early. */
    @ParameterizedTest
    @MethodSource("fits")
    void intervalsEqualThoseOfR(String key) {
        EtsForm form = form(key);
        if (form.season() == EtsForm.SeasonType.MULTIPLICATIVE || (form.hasSeason() && !form.hasTrend())) {
            return;
        }
        double[] upper = R.values(key + ".upper");
        double[] growth = new double[upper.length / 2];
        EtsModel model = replay(key).last();
        model.errorGrowth(growth);
        double deviation = R.values(key + ".fit")[SIGMA] * (form.needsPositiveData() ? model.next() : 1);
        for (int step = 0; step < growth.length; step++) {
            double expected = Math.max(upper[0], upper[step]) / NORMAL_90;
            assertEquals(expected, deviation * growth[step], 1e-6 * expected, key + step);
            assertEquals(upper[growth.length + step], upper[step] / NORMAL_90 * NORMAL_97, 1e-6 * upper[step]);
        }
    }

    /** The approximation of the book against the exact variance that R computes; R damps the trend elsewhere, so undamped only. */
    @ParameterizedTest
    @MethodSource("fits")
    void intervalsOfMultiplicativeSeasonsComeCloseToThoseOfR(String key) {
        EtsForm form = form(key);
        if (form.season() != EtsForm.SeasonType.MULTIPLICATIVE || form.isDamped()) {
            return;
        }
        double[] upper = R.values(key + ".upper");
        double[] growth = new double[upper.length / 2];
        replay(key).last().errorGrowth(growth);
        for (int step = 0; step < growth.length; step++) {
            assertEquals(Math.max(1, upper[step] / upper[0]), growth[step], 0.02 * growth[step], key + step);
        }
    }

    /** Smoothing has several optima; on a few forms that are not chosen, R's simplex ends in a slightly better one. */
    @Test
    void likelihoodIsNoWorseThanThatOfRInNearlyAllCases() {
        List<String> worse = new ArrayList<>();
        for (String key : R.having("fit")) {
            EtsFit fit = fitter(key).forms(form(key)).build().fit(seriesOf(key));
            assertEquals(form(key), fit.form());
            double gain = fit.logLikelihood() - R.values(key + ".fit")[LIKELIHOOD];
            assertTrue(gain >= -1, () -> key + " differs from R by " + gain + ": " + fit.description());
            if (gain < -0.05) {
                worse.add(key + " " + gain);
            }
        }
        assertTrue(worse.size() <= 2, worse::toString);
    }

    @ParameterizedTest
    @MethodSource("series")
    void chosenFormIsNoWorseThanThatOfR(String name) {
        EtsFit fit = fitter(name).build().fit(seriesOf(name));
        assertTrue(fit.aicc() <= R.value(name + ".best") + 0.05, () -> name + ": " + fit.description());
        assertEquals(fit.aicc(), fit.criterion());
    }

    @Test
    void deviationIsThatOfR() {
        EtsFit fit = fitter("walk").forms(EtsForm.SIMPLE).build().fit(seriesOf("walk"));
        assertEquals(R.values("walk.A.N.N.fit")[SIGMA], fit.sigma(), 1e-5);
    }

    @Test
    void agreesWithStatsmodels() {
        Golden witness = Golden.load("ets-statsmodels.properties");
        List<String> keys = witness.having("fitted");
        assertEquals(5, keys.size());
        for (String key : keys) {
            EtsModel model = witnessModel(key);
            double[] series = witness.values("witness.series");
            double[] fitted = witness.values(key + ".fitted");
            for (int t = 0; t < series.length; t++) {
                assertEquals(fitted[t], model.next(), 1e-9 * fitted[t], key + t);
                model.update(series[t]);
            }
            double[] mean = new double[18];
            model.forecast(mean);
            assertArrayEquals(witness.values(key + ".mean"), mean, 1e-7, key);
            if (key.startsWith("add")) {
                double[] growth = new double[18];
                model.errorGrowth(growth);
                assertArrayEquals(witness.values(key + ".growth"), growth, 1e-9, key);
            }
        }
    }

    private static EtsModel witnessModel(String key) {
        String[] parts = key.split("\\.", -1);
        EtsForm form = new EtsForm(
                parts[0].equals("add") ? EtsForm.ErrorType.ADDITIVE : EtsForm.ErrorType.MULTIPLICATIVE,
                parts[1].equals("damped")
                        ? EtsForm.TrendType.DAMPED
                        : parts[1].equals("add") ? EtsForm.TrendType.ADDITIVE : EtsForm.TrendType.NONE,
                parts[2].equals("add") ? EtsForm.SeasonType.ADDITIVE : EtsForm.SeasonType.NONE);
        EtsModelBuilder builder = EtsModel.builder(form)
                .alpha(0.4)
                .beta(form.hasTrend() ? 0.05 : 0)
                .gamma(form.hasSeason() ? 0.3 : 0)
                .phi(form.isDamped() ? 0.95 : 1)
                .level(69)
                .trend(form.hasTrend() ? 0.5 : 0);
        return switch (form.season()) {
            case NONE -> builder.build();
            case ADDITIVE -> builder.season(9, 4, -6, -11, -2, 6).build();
            case MULTIPLICATIVE ->
                builder.season(1.225, 1.1, 0.85, 0.725, 0.95, 1.15).build();
        };
    }

    private static EtsReplay replay(String key) {
        double[] fit = R.values(key + ".fit");
        EtsModelBuilder builder = EtsModel.builder(form(key))
                .alpha(fit[0])
                .beta(fit[1])
                .gamma(fit[2])
                .phi(fit[3])
                .level(fit[4])
                .trend(fit[5])
                .sigma(fit[SIGMA]);
        double[] season = R.values(key + ".season");
        EtsModel model =
                season.length == 0 ? builder.build() : builder.season(season).build();
        return EtsReplay.of(model, EtsSample.of(seriesOf(key)));
    }

    private static EtsFitter.Builder fitter(String key) {
        return EtsFitter.builder().period(R.values(name(key) + ".A.N.A.season").length == 6 ? 6 : 1);
    }

    private static String name(String key) {
        return key.contains(".") ? key.substring(0, key.indexOf('.')) : key;
    }

    private static double[] seriesOf(String key) {
        return R.values(name(key) + ".series");
    }

    private static EtsForm form(String key) {
        String notation = key.substring(key.indexOf('.') + 1).replace('.', ',');
        return EtsForm.all().stream()
                .filter(form -> form.notation().equals(notation))
                .findFirst()
                .orElseThrow();
    }
}
