package io.foreshard.forecast.decision;

import io.foreshard.coreapi.Forecast;

/** The checks that all decisions share. */
final class Checks {

    private Checks() {}

    static double[] requireLevels(Forecast forecast) {
        double[] levels = forecast.levels();
        if (levels.length < 2) {
            throw new IllegalArgumentException(
                    "forecast: " + levels.length + " quantile levels (expected: at least 2)");
        }
        return levels;
    }

    static void requireStep(String name, Forecast forecast, int step) {
        if (step < 1 || step > forecast.horizonSteps()) {
            throw new IllegalArgumentException(name + ": " + step + " (expected: 1…" + forecast.horizonSteps() + ")");
        }
    }

    static double requireLevel(String name, double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException(name + ": " + level + " (expected: in (0, 1))");
        }
        return level;
    }

    static void requireNumber(String name, double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException(name + ": NaN (expected: a number)");
        }
    }
}
