package io.foreshard.forecast.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.forecast.model.StreamingModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden values from the R package forecast; src/test/golden/baseline.R writes them. */
class BaselineGoldenTest {

    private static final Properties GOLDEN = new Properties();

    @BeforeAll
    static void load() throws IOException {
        try (InputStream in = BaselineGoldenTest.class.getResourceAsStream("baseline.properties")) {
            GOLDEN.load(Objects.requireNonNull(in));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"walk", "traffic", "ramp"})
    void naiveEqualsThatOfR(String name) {
        checkAgainst(name, "naive", new NaiveModel());
    }

    @ParameterizedTest
    @ValueSource(strings = {"walk", "traffic", "ramp"})
    void seasonalNaiveEqualsThatOfR(String name) {
        checkAgainst(name, "snaive", new SeasonalNaiveModel(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"walk", "traffic", "ramp"})
    void driftEqualsThatOfR(String name) {
        checkAgainst(name, "drift", new DriftModel());
    }

    @ParameterizedTest
    @ValueSource(strings = {"walk", "traffic", "ramp"})
    void windowMedianEqualsThatOfR(String name) {
        for (int window : new int[] {15, 16}) {
            WindowMedianModel model = new WindowMedianModel(window);
            feed(model, values(name + ".series"));
            assertClose(values(name + ".median" + window)[0], model.next());
        }
    }

    private static void checkAgainst(String name, String method, StreamingModel model) {
        feed(model, values(name + ".series"));
        double[] mean = values(name + "." + method + ".mean");
        double[] width = values(name + "." + method + ".width");
        double[] actualMean = new double[mean.length];
        double[] growth = new double[mean.length];
        model.forecast(actualMean);
        model.errorGrowth(growth);
        assertEquals(actualMean[0], model.next());
        for (int step = 0; step < mean.length; step++) {
            assertClose(mean[step], actualMean[step]);
            assertClose(width[step], growth[step]);
        }
    }

    private static void feed(StreamingModel model, double[] series) {
        for (double sample : series) {
            model.update(sample);
        }
    }

    private static double[] values(String key) {
        return Arrays.stream(GOLDEN.getProperty(key).split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static void assertClose(double expected, double actual) {
        assertEquals(expected, actual, 1e-11 * Math.max(1, Math.abs(expected)));
    }
}
