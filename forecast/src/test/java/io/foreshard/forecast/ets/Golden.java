package io.foreshard.forecast.ets;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/** Values that other tools computed; the resources name tool and version. */
final class Golden {

    private final Properties properties = new Properties();

    private Golden() {}

    static Golden load(String resource) {
        Golden golden = new Golden();
        try (InputStream in = Golden.class.getResourceAsStream(resource)) {
            golden.properties.load(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return golden;
    }

    /** The keys that have the attribute, without it. */
    List<String> having(String attribute) {
        return properties.stringPropertyNames().stream()
                .filter(key -> key.endsWith("." + attribute))
                .map(key -> key.substring(0, key.length() - attribute.length() - 1))
                .sorted()
                .toList();
    }

    double[] values(String key) {
        return Arrays.stream(properties.getProperty(key, "").split(","))
                .filter(value -> !value.isBlank())
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    double value(String key) {
        return values(key)[0];
    }
}
