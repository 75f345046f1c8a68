package io.foreshard.forecast.intermittent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.forecast.model.StreamingModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Golden values from the R package forecast and from the published recursions; src/test/golden/ writes them. */
class IntermittentGoldenTest {

    @ParameterizedTest
    @ValueSource(strings = {"rare.1", "rare.3", "frequent.1", "frequent.3", "single.1", "single.3"})
    void crostonEqualsThatOfR(String name) throws IOException {
        Properties golden = load("croston.properties");
        CrostonModel model = CrostonModel.croston(values(golden, name + ".alpha")[0]);
        double[] series = values(golden, name + ".series");
        double[] fitted = values(golden, name + ".fitted");
        double[] mean = values(golden, name + ".mean");
        for (int step = 0; step < series.length; step++) {
            model.update(series[step]);
            assertClose(step < fitted.length ? fitted[step] : mean[0], model.next());
        }
        double[] actual = new double[mean.length];
        model.forecast(actual);
        for (int step = 0; step < mean.length; step++) {
            assertClose(mean[step], actual[step]);
        }
    }

    @Test
    void sbaFollowsThePublishedRecursion() throws IOException {
        follow("sba.1", CrostonModel.sba(0.1));
        follow("sba.4", CrostonModel.sba(0.4));
    }

    @Test
    void tsbFollowsThePublishedRecursion() throws IOException {
        follow("tsb.1", new TsbModel(0.1, 0.1));
        follow("tsb.4", new TsbModel(0.4, 0.05));
    }

    private static void follow(String key, StreamingModel model) throws IOException {
        Properties golden = load("intermittent.properties");
        double[] series = values(golden, "series");
        double[] forecasts = values(golden, key);
        for (int step = 0; step < series.length; step++) {
            model.update(series[step]);
            assertClose(forecasts[step], model.next());
        }
    }

    private static Properties load(String file) throws IOException {
        Properties golden = new Properties();
        try (InputStream in = IntermittentGoldenTest.class.getResourceAsStream(file)) {
            golden.load(Objects.requireNonNull(in));
        }
        return golden;
    }

    private static double[] values(Properties golden, String key) {
        return Arrays.stream(golden.getProperty(key).split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static void assertClose(double expected, double actual) {
        assertEquals(expected, actual, 1e-12 * Math.max(1, Math.abs(expected)));
    }
}
