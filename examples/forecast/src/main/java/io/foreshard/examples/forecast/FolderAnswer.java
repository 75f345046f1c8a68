package io.foreshard.examples.forecast;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that the back-test of a folder found.
 *
 * @param folder its name
 * @param series one per file that could be scored
 * @param skipped the files that could not
 */
record FolderAnswer(String folder, List<SeriesScore> series, List<Skipped> skipped) {

    /**
     * A file that was left out.
     *
     * @param name of the file
     * @param reason what was wrong with it
     */
    record Skipped(String name, String reason) {}

    FolderAnswer {
        series = List.copyOf(series);
        skipped = List.copyOf(skipped);
    }

    /** The geometric mean of the ratios that are above 0; NaN when none is. */
    double meanRatio() {
        double mean = series.stream()
                .mapToDouble(SeriesScore::ratio)
                .filter(ratio -> ratio > 0 && Double.isFinite(ratio))
                .map(Math::log)
                .average()
                .orElse(Double.NaN);
        return Math.exp(mean);
    }

    Optional<SeriesScore> worst() {
        return series.stream()
                .filter(score -> !Double.isNaN(score.ratio()))
                .max(Comparator.comparingDouble(SeriesScore::ratio));
    }

    double meanCoverage() {
        return series.stream()
                .mapToDouble(score -> score.chosen().coverage())
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    double cpuMillis() {
        return series.stream().mapToDouble(score -> score.chosen().cpuMillis()).sum();
    }
}
