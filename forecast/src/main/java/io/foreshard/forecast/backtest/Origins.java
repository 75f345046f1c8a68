package io.foreshard.forecast.backtest;

/**
 * Where forecasts start: evenly spaced, the last one a horizon before the end.
 *
 * @param first steps before the first origin
 * @param spacing steps from one origin to the next
 * @param count number of origins
 */
record Origins(int first, int spacing, int count) {

    /** All origins that fit, or as many as asked for; an exception tells what is too short. */
    static Origins of(BacktestSeries series, BacktestSettings settings) {
        long room = (long) series.length() - settings.horizonSteps() - settings.minTrainingSteps();
        int asked = Math.max(1, settings.origins());
        if (room < (asked - 1L) * settings.spacingSteps()) {
            throw new IllegalArgumentException("series " + series.name() + ": " + series.length()
                    + " steps (expected: >= "
                    + (settings.minTrainingSteps() + (asked - 1L) * settings.spacingSteps() + settings.horizonSteps())
                    + " for " + asked + " origins)");
        }
        int count = settings.origins() > 0 ? asked : (int) (room / settings.spacingSteps()) + 1;
        int first = series.length() - settings.horizonSteps() - (count - 1) * settings.spacingSteps();
        return new Origins(first, settings.spacingSteps(), count);
    }

    int at(int index) {
        return first + index * spacing;
    }
}
