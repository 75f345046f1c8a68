package io.foreshard.examples.forecast;

import io.foreshard.forecast.automatic.CandidateScore;
import java.util.List;

/**
 * The model that forecasts, and why.
 *
 * @param forecaster name of the forecaster
 * @param description what it is made of
 * @param periods lengths of the seasons in steps, ascending; empty for none
 * @param candidates all that were tried, the heaviest first; empty when there was no choice
 */
record Choice(String forecaster, String description, List<Integer> periods, List<CandidateScore> candidates) {

    Choice {
        periods = List.copyOf(periods);
        candidates = List.copyOf(candidates);
    }

    int[] periodArray() {
        return periods.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The season that the seasonal naive forecast repeats, 1 for none. */
    int season() {
        return periods.isEmpty() ? 1 : periods.get(0);
    }
}
