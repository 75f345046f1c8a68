package io.foreshard.forecast.arima;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;

/** Golden values: lists of numbers by case and key; NA and nan are missing. */
final class Golden {

    private final Properties values = new Properties();

    Golden(String resource) throws IOException {
        try (InputStream in = Golden.class.getResourceAsStream(resource)) {
            values.load(Objects.requireNonNull(in));
        }
    }

    boolean has(String name, String key) {
        return !values.getProperty(name + "." + key, "").isEmpty();
    }

    double[] values(String name, String key) {
        return has(name, key)
                ? Arrays.stream(values.getProperty(name + "." + key).split(","))
                        .mapToDouble(Golden::parse)
                        .toArray()
                : new double[0];
    }

    private static double parse(String text) {
        return text.equals("NA") || text.equals("nan") ? Double.NaN : Double.parseDouble(text);
    }

    double value(String name, String key) {
        return values(name, key)[0];
    }

    ArimaOrder order(String name, String key) {
        double[] order = values(name, key);
        return new ArimaOrder((int) order[0], (int) order[1], (int) order[2]);
    }

    ArimaCoefficients coefficients(String name) {
        ArimaCoefficients plain =
                ArimaCoefficients.of(values(name, "ar"), order(name, "order").d(), values(name, "ma"));
        return has(name, "constant") && plain.order().d() < 2 ? plain.withConstant(value(name, "constant")) : plain;
    }
}
