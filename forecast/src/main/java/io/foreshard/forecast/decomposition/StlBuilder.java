package io.foreshard.forecast.decomposition;

/** Checks and keeps settings of STL; shared by the public builders. */
final class StlBuilder {

    private static final int DEFAULT_SEASONAL_WINDOW = 11;

    int seasonalWindow = DEFAULT_SEASONAL_WINDOW;
    boolean periodic;
    int seasonalDegree;
    int seasonalJump;
    int trendWindow;
    int trendDegree = 1;
    int trendJump;
    int lowPassWindow;
    int lowPassDegree = 1;
    int lowPassJump;
    int inner = 2;
    int outer;

    StlSettings settings() {
        return settings(seasonalWindow);
    }

    StlSettings settings(int ownSeasonalWindow) {
        return new StlSettings(
                ownSeasonalWindow,
                periodic,
                seasonalDegree,
                seasonalJump,
                trendWindow,
                trendDegree,
                trendJump,
                lowPassWindow,
                lowPassDegree,
                lowPassJump,
                inner,
                outer);
    }

    void robust(boolean value) {
        inner = value ? 1 : 2;
        outer = value ? 15 : 0;
    }

    static int window(String name, int value) {
        if (value < 3 || value % 2 == 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: odd, >= 3)");
        }
        return value;
    }

    static int degree(String name, int value) {
        return between(name, value, 0, 1);
    }

    static int between(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + low + "…" + high + ")");
        }
        return value;
    }

    static int period(int value) {
        if (value < 2) {
            throw new IllegalArgumentException("period: " + value + " (expected: >= 2)");
        }
        return value;
    }
}
