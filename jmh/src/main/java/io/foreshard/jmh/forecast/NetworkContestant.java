package io.foreshard.jmh.forecast;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.forecast.AutomaticForecaster;
import io.foreshard.jmh.series.NamedSeries;
import io.foreshard.jmh.series.SeriesFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Runs a forecaster of ours from each origin, learnt anew from all before it, and the naive forecasts beside it. */
final class NetworkContestant {

    static final String SEASONAL_NAIVE = "snaive";
    private static final double NANOS_PER_SECOND = 1e9;

    private final CpuClock clock = new CpuClock();
    private final Contender contender;
    private final PrintWriter out;

    private NetworkContestant(Contender contender, PrintWriter out) {
        this.contender = contender;
        this.out = out;
    }

    /**
     * Runs the program.
     *
     * @param arguments the folder of the series, the file for the rows, the forecaster's name, the windows separated by commas
     */
    public static void main(String[] arguments) throws IOException {
        int[] windows = Arrays.stream(arguments[3].split(",", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        try (PrintWriter out =
                new PrintWriter(Files.newBufferedWriter(Path.of(arguments[1]), StandardCharsets.UTF_8))) {
            out.println(NetworkScore.HEADER);
            NetworkContestant contestant = new NetworkContestant(new Contender(arguments[2]), out);
            for (NamedSeries series : SeriesFolder.read(Path.of(arguments[0]))) {
                contestant.run(series, windows);
            }
        }
    }

    private void run(NamedSeries series, int... windows) {
        for (int index : windows) {
            NetworkWindow window = new NetworkWindow(series, index);
            out.println(window.row("naive", Intervals.point(window.lastValue()), 0));
            out.println(window.row(SEASONAL_NAIVE, Intervals.point(window.lastSeason()), 0));
            long start = clock.nanos();
            Forecast forecast = forecast(series, window.known());
            double cpuSeconds = (clock.nanos() - start) / NANOS_PER_SECOND;
            out.println(window.row(contender.name(), Intervals.of(forecast), cpuSeconds));
            out.flush();
        }
    }

    /** Learns all that is known, and chooses models at the origin, as the peers do. */
    private Forecast forecast(NamedSeries series, double[] known) {
        Forecaster forecaster = contender.forecaster(series, series.horizonSteps());
        for (double value : known) {
            forecaster.update(value);
        }
        if (forecaster instanceof AutomaticForecaster automatic) {
            automatic.refit();
        }
        return forecaster.forecast(series.horizonSteps());
    }
}
