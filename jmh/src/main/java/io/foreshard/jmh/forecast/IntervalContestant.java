package io.foreshard.jmh.forecast;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.jmh.series.NamedSeries;
import io.foreshard.jmh.series.SeriesFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs a forecaster of ours through series sample by sample and scores its 95 % intervals one step and 24 steps ahead. */
final class IntervalContestant {

    static final int FAR = 24;
    private static final double LOW = 0.025;
    private static final double HIGH = 0.975;
    private static final double NANOS_PER_SECOND = 1e9;

    private IntervalContestant() {}

    /**
     * Runs the program.
     *
     * @param arguments the folder of the series, the file for the rows, the forecaster's name
     */
    public static void main(String[] arguments) throws IOException {
        Contender contender = new Contender(arguments[2]);
        try (PrintWriter out =
                new PrintWriter(Files.newBufferedWriter(Path.of(arguments[1]), StandardCharsets.UTF_8))) {
            out.println(IntervalScore.HEADER);
            for (NamedSeries series : SeriesFolder.read(Path.of(arguments[0]))) {
                run(contender, series).forEach(out::println);
            }
        }
    }

    static List<String> run(Contender contender, NamedSeries series) {
        CpuClock clock = new CpuClock();
        long start = clock.nanos();
        List<IntervalTally> tallies = List.of(new IntervalTally(series, 1), new IntervalTally(series, FAR));
        Forecaster forecaster = contender.forecaster(series, FAR);
        double[] values = series.values();
        for (int now = 0; now < values.length - 1; now++) {
            forecaster.update(values[now]);
            if (now + FAR >= values.length / 2) {
                Forecast forecast = forecaster.forecast(FAR);
                take(tallies.get(0), forecast, now, 1, values.length);
                take(tallies.get(1), forecast, now, FAR, values.length);
            }
        }
        double cpuSeconds = (clock.nanos() - start) / NANOS_PER_SECOND;
        return tallies.stream()
                .map(tally -> tally.scored(contender.name()).row(tally.meanError(), tally.samples(), cpuSeconds))
                .toList();
    }

    private static void take(IntervalTally tally, Forecast forecast, int now, int step, int length) {
        int target = now + step;
        if (target >= tally.start() && target < length) {
            tally.take(target, forecast.quantile(LOW, step), forecast.mean(step), forecast.quantile(HIGH, step));
        }
    }
}
