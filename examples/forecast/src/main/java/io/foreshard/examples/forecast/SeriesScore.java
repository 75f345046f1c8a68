package io.foreshard.examples.forecast;

import java.util.List;

/**
 * How the methods did on one file of a folder.
 *
 * @param source the series
 * @param plan how it was cut
 * @param choice the model of the chosen forecaster at the end of the older part
 * @param methods scores, the chosen forecaster first
 */
record SeriesScore(Source source, Plan plan, Choice choice, List<MethodScore> methods) {

    SeriesScore {
        methods = List.copyOf(methods);
    }

    /** The score of a method, all NaN when it did not run. */
    MethodScore method(String name) {
        return methods.stream()
                .filter(score -> score.name().equals(name))
                .findFirst()
                .orElseGet(() -> MethodScore.unknown(name));
    }

    MethodScore chosen() {
        return methods.get(0);
    }

    /** The error of the chosen forecaster over that of the seasonal naive forecast, or of the naive one without a season. */
    double ratio() {
        return chosen().relativeMae();
    }
}
