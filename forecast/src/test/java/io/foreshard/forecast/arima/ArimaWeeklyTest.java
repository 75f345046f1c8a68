package io.foreshard.forecast.arima;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every eighth weekly series of the M4 competition, beside the scores of R's automatic ARIMA on the same series. */
class ArimaWeeklyTest {

    private static final int HORIZON = 13;
    private static final int EVERY = 8;

    @Test
    void forecastsNoWorseThanR() throws IOException {
        List<String> train = lines("Weekly-train.csv.gz");
        List<String> test = lines("Weekly-test.csv.gz");
        List<String> peer = lines("r_forecast_8.20/W_arima_scores.csv.gz");
        ArimaFitter fitter = ArimaFitter.builder().build();
        double ours = 0;
        double theirs = 0;
        int covered = 0;
        int steps = 0;
        for (int i = 0; i < train.size(); i += EVERY) {
            double[] series = numbers(train.get(i));
            double[] future = numbers(test.get(i));
            ArimaFit fit = fitter.fit(series);
            ours += meanAbsoluteScaledError(fit, series, future);
            theirs += Double.parseDouble(peer.get(i + 1).split(",", -1)[4]);
            covered += covered(fit, future);
            steps += HORIZON;
        }
        String scores = "MASE " + ours + " against " + theirs + ", coverage " + (double) covered / steps;
        assertTrue(ours <= 1.02 * theirs, scores);
        assertTrue(Math.abs((double) covered / steps - 0.95) < 0.04, scores);
    }

    private static double meanAbsoluteScaledError(ArimaFit fit, double[] series, double[] future) {
        double[] mean = new double[HORIZON];
        fit.model().forecast(mean);
        double error = 0;
        for (int step = 0; step < HORIZON; step++) {
            error += Math.abs(future[step] - mean[step]) / HORIZON;
        }
        double scale = 0;
        for (int t = 1; t < series.length; t++) {
            scale += Math.abs(series[t] - series[t - 1]) / (series.length - 1);
        }
        return error / scale;
    }

    private static int covered(ArimaFit fit, double[] future) {
        double[] mean = new double[HORIZON];
        double[] growth = new double[HORIZON];
        fit.model().forecast(mean);
        fit.model().errorGrowth(growth);
        int covered = 0;
        for (int step = 0; step < HORIZON; step++) {
            covered += Math.abs(future[step] - mean[step]) <= 1.96 * fit.sigma() * growth[step] ? 1 : 0;
        }
        return covered;
    }

    private static double[] numbers(String line) {
        return Arrays.stream(line.split(",", -1))
                .skip(1)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static List<String> lines(String name) throws IOException {
        Path file = Path.of(System.getProperty("foreshard.data", "../shared/data"), "series", "m4")
                .resolve(name);
        Assumptions.assumeTrue(Files.exists(file), () -> file + " is absent; set -Dforeshard.data to the data folder");
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }
}
