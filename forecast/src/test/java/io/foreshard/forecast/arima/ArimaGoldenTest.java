package io.foreshard.forecast.arima;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fits against R; the resource names the versions, src/test/golden/arima.R writes it. */
class ArimaGoldenTest {

    private static Golden golden;

    @BeforeAll
    static void load() throws IOException {
        golden = new Golden("arima.properties");
    }

    static Stream<String> fittedByR() {
        return Stream.of(
                "lh",
                "huron",
                "nile",
                "nileDrift",
                "www",
                "www2",
                "sales",
                "sunspots",
                "zeroMean",
                "movingAverage",
                "presidents",
                "gaps");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lh",
                "huron",
                "nile",
                "nileDrift",
                "www",
                "www2",
                "sales",
                "sunspots",
                "zeroMean",
                "movingAverage",
                "presidents"
            })
    void theLikelihoodAtGivenCoefficientsEqualsThatOfR(String name) {
        ArimaCoefficients coefficients = golden.coefficients(name);
        PreparedSeries series = PreparedSeries.of(
                golden.values(name, "series"), coefficients.order().d(), coefficients.hasConstant());
        ArmaFamily family = new ArmaFamily(series);
        Likelihood likelihood = series.likelihood();
        double value = likelihood.evaluate(coefficients.ar(), coefficients.ma());
        Candidate candidate = new Candidate(
                family,
                ArmaPoint.near(coefficients.ar(), coefficients.ma()),
                value,
                likelihood.mean(),
                likelihood.sumOfSquares());
        assertRelative(golden.value(name, "loglik"), candidate.logLikelihood(), 1e-6);
    }

    @ParameterizedTest
    @MethodSource("fittedByR")
    void theMostLikelyCoefficientsEqualThoseOfR(String name) {
        ArimaFit fit = fit(name);
        ArimaCoefficients expected = golden.coefficients(name);
        assertArrayEquals(expected.ar(), fit.coefficients().ar(), 1e-3);
        assertArrayEquals(expected.ma(), fit.coefficients().ma(), 1e-3);
        double scale = Math.max(Math.abs(expected.constant()), fit.sigma());
        assertEquals(expected.constant(), fit.coefficients().constant(), 1e-3 * scale);
        assertRelative(golden.value(name, "sigma2"), fit.sigma2(), 1e-3);
        if (golden.has(name, "loglik")) {
            assertRelative(golden.value(name, "loglik"), fit.logLikelihood(), 1e-6);
        }
    }

    @ParameterizedTest
    @MethodSource("fittedByR")
    void forecastsAndIntervalsEqualThoseOfR(String name) {
        ArimaModel model = ArimaModel.of(golden.coefficients(name));
        for (double sample : golden.values(name, "series")) {
            model.update(sample);
        }
        double[] expected = golden.values(name, "forecast");
        double[] expectedDeviation = golden.values(name, "se");
        double[] mean = new double[expected.length];
        double[] growth = new double[expected.length];
        model.forecast(mean);
        model.errorGrowth(growth);
        double sigma = Math.sqrt(golden.value(name, "sigma2"));
        for (int step = 0; step < mean.length; step++) {
            assertEquals(expected[step], mean[step], 1e-4 * sigma, "step " + step);
            assertRelative(expectedDeviation[step], sigma * growth[step], 1e-4);
        }
    }

    /** R may drop the mean of a series that it does not difference; ours keeps it. All series here have one. */
    @ParameterizedTest
    @ValueSource(strings = {"lh", "LakeHuron", "Nile", "WWWusage", "BJsales", "uspop", "discoveries", "nhtemp", "lynx"})
    void automaticOrdersAreAsGoodAsThoseOfR(String name) {
        ArimaFit fit = ArimaFitter.builder().build().fit(golden.values(name, "series"));
        assertEquals(
                golden.order(name, "auto.order").d(), fit.coefficients().order().d());
        assertTrue(fit.aicc() < golden.value(name, "auto.aicc") + 0.01, fit::description);
    }

    /** All but LakeHuron, where R stops at (0,1,0) and the walk goes on to (2,1,1), better by 6.7 in AICc. */
    @ParameterizedTest
    @ValueSource(strings = {"lh", "Nile", "WWWusage", "BJsales", "uspop", "discoveries", "nhtemp", "lynx"})
    void theStepwiseWalkEndsAtTheOrdersOfR(String name) {
        ArimaFit fit = ArimaFitter.builder().stepwise(true).build().fit(golden.values(name, "series"));
        assertEquals(golden.order(name, "auto.order"), fit.coefficients().order());
    }

    private static ArimaFit fit(String name) {
        return ArimaFitter.builder()
                .build()
                .fit(golden.values(name, "series"), golden.order(name, "order"), golden.has(name, "constant"));
    }

    private static void assertRelative(double expected, double actual, double tolerance) {
        assertEquals(expected, actual, tolerance * Math.abs(expected));
    }
}
