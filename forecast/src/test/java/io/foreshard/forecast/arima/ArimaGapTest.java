package io.foreshard.forecast.arima;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The filter with missing samples against statsmodels with the differences in the state and an exact diffuse start; the resource
 * names the version, src/test/golden/arima_gaps.py writes it.
 */
class ArimaGapTest {

    private static Golden golden;

    @BeforeAll
    static void load() throws IOException {
        golden = new Golden("arima-gaps.properties");
    }

    @ParameterizedTest
    @ValueSource(strings = {"arma", "ar", "ma", "walk", "level", "trend", "complete"})
    void eachStepEqualsThatOfStatsmodels(String name) {
        ArimaModel model = ArimaModel.of(golden.coefficients(name));
        double[] series = golden.values(name, "series");
        double[] expected = golden.values(name, "expected");
        double[] variance = golden.values(name, "variance");
        int differences = model.coefficients().order().d();
        for (int t = 0; t < series.length; t++) {
            if (t >= differences) {
                assertEquals(expected[t], model.next(), 1e-8 * (1 + Math.abs(expected[t])), "step " + t);
                assertEquals(
                        Math.sqrt(variance[t]), model.nextErrorFactor(), 1e-7 * Math.sqrt(variance[t]), "step " + t);
            }
            feed(model, series[t]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"arma", "ar", "ma", "walk", "level", "trend", "complete"})
    void forecastsFromTheEndEqualThoseOfStatsmodels(String name) {
        ArimaModel model = ArimaModel.of(golden.coefficients(name));
        for (double sample : golden.values(name, "series")) {
            feed(model, sample);
        }
        double[] expected = golden.values(name, "forecast");
        double[] mean = new double[expected.length];
        model.forecast(mean);
        for (int step = 0; step < mean.length; step++) {
            assertEquals(expected[step], mean[step], 1e-8 * (1 + Math.abs(expected[step])));
        }
        assertEquals(golden.value(name, "se"), model.nextErrorFactor(), 1e-6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arma", "ar", "ma", "walk", "level", "trend", "complete"})
    void theLikelihoodOfTheSamplesThatAreThereEqualsThatOfStatsmodels(String name) {
        ArimaModel model = ArimaModel.of(golden.coefficients(name));
        double logLikelihood = 0;
        for (double sample : golden.values(name, "series")) {
            feed(model, sample);
            double error = model.innovation();
            if (!Double.isNaN(error)) {
                double variance = model.innovationVariance();
                logLikelihood -= 0.5 * (Math.log(2 * Math.PI * variance) + error * error / variance);
            }
        }
        double expected = golden.value(name, "loglik");
        assertEquals(expected, logLikelihood, 1e-6 * Math.abs(expected));
    }

    private static void feed(ArimaModel model, double sample) {
        if (Double.isNaN(sample)) {
            model.skip();
        } else {
            model.update(sample);
        }
    }
}
