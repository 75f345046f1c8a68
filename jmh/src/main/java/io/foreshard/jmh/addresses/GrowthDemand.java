package io.foreshard.jmh.addresses;

import io.foreshard.coreapi.Forecast;
import io.foreshard.forecast.OnlineForecaster;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * How many addresses a subdivision came to need within a day, and what was foretold at the day's beginning: the machines of one flavour
 * that were created on one day of the public trace, and the forecast of a forecaster that had seen all hours before.
 *
 * @param addresses how many it came to need
 * @param forecast how many it was expected not to exceed with a probability of 0.9
 * @param skill of the forecaster then: its mean error as a share of the naive one's
 */
record GrowthDemand(double addresses, double forecast, double skill) {

    private static final int FLAVOURS = 16;
    private static final int FIRST_FLAVOUR = 4;
    private static final int SLOTS_OF_AN_HOUR = 12;
    private static final int HOURS_OF_A_DAY = 24;
    private static final int PATHS = 400;
    /** Too little costs more than too much. */
    private static final double LEVEL = 0.9;

    private static final int[] DAYS = {20, 21, 22, 23};

    static boolean isPresent(Path data) {
        return Files.exists(file(data));
    }

    private static Path file(Path data) {
        return data.resolve("churn/vm_arrivals_5min.csv.gz");
    }

    /** Returns one for each flavour and each of four days. */
    static List<GrowthDemand> read(Path data) throws IOException {
        double[][] hours = hours(data);
        List<GrowthDemand> demands = new ArrayList<>();
        for (int day : DAYS) {
            for (double[] flavour : hours) {
                demands.add(of(flavour, day * HOURS_OF_A_DAY));
            }
        }
        return demands;
    }

    private static GrowthDemand of(double[] hours, int start) {
        OnlineForecaster forecaster = OnlineForecaster.builder()
                .periods(HOURS_OF_A_DAY)
                .maxHorizonSteps(HOURS_OF_A_DAY)
                .nonNegative(true)
                .build();
        Arrays.stream(hours, 0, start).forEach(forecaster::update);
        Forecast forecast = forecaster.forecast(HOURS_OF_A_DAY);
        double[] sums = Arrays.stream(
                        forecaster.simulate(PATHS, HOURS_OF_A_DAY, start).values())
                .mapToDouble(path -> Arrays.stream(path).sum())
                .sorted()
                .toArray();
        double expected = sums[(int) (LEVEL * PATHS)];
        double came = Arrays.stream(hours, start, Math.min(hours.length, start + HOURS_OF_A_DAY))
                .sum();
        return new GrowthDemand(came, expected, forecast.skill());
    }

    /** Shape {@code [flavour][hour]}. */
    private static double[][] hours(Path data) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file(data))), StandardCharsets.UTF_8))) {
            List<String[]> slots =
                    reader.lines().skip(1).map(line -> line.split(",", -1)).toList();
            double[][] hours = new double[FLAVOURS][(slots.size() + SLOTS_OF_AN_HOUR - 1) / SLOTS_OF_AN_HOUR];
            for (int slot = 0; slot < slots.size(); slot++) {
                for (int flavour = 0; flavour < FLAVOURS; flavour++) {
                    hours[flavour][slot / SLOTS_OF_AN_HOUR] +=
                            Double.parseDouble(slots.get(slot)[FIRST_FLAVOUR + flavour]);
                }
            }
            return hours;
        }
    }
}
