package io.foreshard.forecast.trend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recursions against statsmodels; the resource names the versions, src/test/golden/damped_trend.py writes it. */
class DampedTrendGoldenTest {

    private static final Properties GOLDEN = new Properties();

    @BeforeAll
    static void load() throws IOException {
        try (InputStream in = DampedTrendGoldenTest.class.getResourceAsStream("damped-trend.properties")) {
            GOLDEN.load(Objects.requireNonNull(in));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"noise", "ramp", "shift", "walk"})
    void oneStepForecastsEqualThoseOfStatsmodels(String name) {
        DampedTrend state = startOf(name);
        double[] series = values(name, "series");
        double[] fitted = values(name, "fitted");
        for (int step = 0; step < series.length; step++) {
            assertClose(fitted[step], state.next());
            state.correct(series[step], value(name, "alpha"), value(name, "beta"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"noise", "ramp", "shift", "walk"})
    void farForecastsEqualThoseOfStatsmodels(String name) {
        DampedTrend state = startOf(name);
        for (double sample : values(name, "series")) {
            state.correct(sample, value(name, "alpha"), value(name, "beta"));
        }
        double[] expected = values(name, "forecast");
        double[] mean = new double[expected.length];
        state.project(mean);
        for (int step = 0; step < mean.length; step++) {
            assertClose(expected[step], mean[step]);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"noise", "ramp", "shift", "walk"})
    void errorsGrowWithTheHorizonAsInStatsmodels(String name) {
        ErrorGrowth growth = new ErrorGrowth(value(name, "alpha"), value(name, "beta"), value(name, "phi"));
        for (double expected : values(name, "growth")) {
            assertClose(expected, growth.factor());
            growth.advance();
        }
    }

    private static DampedTrend startOf(String name) {
        DampedTrend state = new DampedTrend(value(name, "phi"));
        state.start(value(name, "level0"), value(name, "trend0"));
        return state;
    }

    private static double value(String name, String key) {
        return values(name, key)[0];
    }

    private static double[] values(String name, String key) {
        return Arrays.stream(GOLDEN.getProperty(name + "." + key).split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static void assertClose(double expected, double actual) {
        assertEquals(expected, actual, 1e-10 * Math.max(1, Math.abs(expected)));
    }
}
