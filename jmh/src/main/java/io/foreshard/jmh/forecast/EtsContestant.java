package io.foreshard.jmh.forecast;

import io.foreshard.forecast.ets.EtsFitter;
import io.foreshard.jmh.series.NamedSeries;
import io.foreshard.jmh.series.SeriesFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Chooses a form of exponential smoothing for each series against the clock, after some to warm up. */
final class EtsContestant {

    private static final int WARM_UP_FITS = 400;
    private static final double NANOS_PER_SECOND = 1e9;

    private EtsContestant() {}

    /**
     * Runs the program.
     *
     * @param arguments the folder of the series, the file for the rows
     */
    public static void main(String[] arguments) throws IOException {
        List<NamedSeries> all = SeriesFolder.read(Path.of(arguments[0]));
        for (int fit = 0; fit < WARM_UP_FITS; fit++) {
            form(all.get(fit % all.size()));
        }
        CpuClock clock = new CpuClock();
        try (PrintWriter out =
                new PrintWriter(Files.newBufferedWriter(Path.of(arguments[1]), StandardCharsets.UTF_8))) {
            out.println("series,cpu_s,form");
            for (NamedSeries series : all) {
                long start = clock.nanos();
                String form = form(series);
                double seconds = (clock.nanos() - start) / NANOS_PER_SECOND;
                out.printf(Locale.ROOT, "%s,%.7f,%s%n", series.name(), seconds, form.replace(',', '-'));
            }
        }
    }

    private static String form(NamedSeries series) {
        return EtsFitter.builder()
                .period(series.period())
                .build()
                .fit(series.values())
                .description();
    }
}
