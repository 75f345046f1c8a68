package io.foreshard.examples.forecast;

import io.foreshard.coreapi.Forecast;
import java.util.List;

/**
 * All that the forecast command found; text, page and JSON are made of it.
 *
 * @param source the series
 * @param question what was asked
 * @param choice the model and why
 * @param plan how the back-test cut the series
 * @param main the run of the chosen forecaster
 * @param reference the run of the seasonal naive forecast, or of the naive one without a season
 * @param scores of all methods, the chosen one first; empty when the series is too short
 */
record Answer(
        Source source, Question question, Choice choice, Plan plan, Run main, Run reference, List<MethodScore> scores) {

    Answer {
        scores = List.copyOf(scores);
    }

    Forecast future() {
        return main.future();
    }

    /** The index of the step that is so many steps ahead. */
    int indexOf(int step) {
        return source.series().length() + step - 1;
    }
}
