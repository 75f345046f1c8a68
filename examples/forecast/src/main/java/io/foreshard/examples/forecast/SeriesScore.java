package io.foreshard.examples.forecast;

import io.foreshard.forecast.score.PointScores;
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

    /** The error of the chosen forecaster over that of the better one of the naive forecasts; 1 when neither errs. */
    double ratio() {
        double naive = method(Methods.NAIVE).relativeMae();
        double seasonal = method(Methods.SEASONAL_NAIVE).relativeMae();
        double better = Double.isNaN(seasonal) ? naive : Math.min(naive, seasonal);
        return PointScores.relative(chosen().relativeMae(), better);
    }
}
