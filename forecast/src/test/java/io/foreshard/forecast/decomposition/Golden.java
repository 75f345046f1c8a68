package io.foreshard.forecast.decomposition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;

/** Values that other tools have computed. */
final class Golden {

    private final Properties properties = new Properties();

    private Golden() {}

    static Golden load(String file) {
        Golden golden = new Golden();
        try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream(file), file)) {
            golden.properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return golden;
    }

    double[] values(String key) {
        String text = Objects.requireNonNull(properties.getProperty(key), key);
        return Arrays.stream(text.split(",")).mapToDouble(Double::parseDouble).toArray();
    }

    int[] steps(String key) {
        return Arrays.stream(values(key)).mapToInt(value -> (int) value).toArray();
    }

    /** The given steps of the values equal the expected ones to the tolerance, relative to the greatest of them. */
    static void assertAt(int[] steps, double[] expected, double[] values, double tolerance) {
        assertEquals(expected.length, steps.length);
        double unit =
                Math.max(1e-300, Arrays.stream(expected).map(Math::abs).max().orElse(0));
        for (int i = 0; i < steps.length; i++) {
            double error = Math.abs(expected[i] - values[steps[i]]) / unit;
            assertTrue(error <= tolerance, "step " + steps[i] + ": " + values[steps[i]] + ", expected " + expected[i]);
        }
    }
}
