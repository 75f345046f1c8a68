package io.foreshard.examples.forecast;

import io.foreshard.forecast.series.GriddedSeries;
import io.foreshard.forecast.series.SeriesGrid;
import java.time.Instant;
import java.util.Random;

/**
 * Traffic that nobody measured, for a first look without a file: eight weeks by the hour with a daily rhythm, quiet weekends, a
 * lasting rise of the level, and the faults that files have: gaps, doubled and late samples.
 */
final class DemoSeries {

    static final String NAME = "built-in series (requests per second, generated)";

    private static final long SEED = 42;
    private static final int HOURS = 8 * 7 * 24;
    private static final int SHIFT_AT_HOUR = 37 * 24 + 9;
    private static final long HOUR_NANOS = 3_600_000_000_000L;
    private static final long START_NANOS =
            Instant.parse("2026-03-02T00:00:00Z").getEpochSecond() * 1_000_000_000L;

    private final Random random = new Random(SEED);
    private final SeriesGrid grid = SeriesGrid.builder().build();
    private double wander;

    private DemoSeries() {}

    static GriddedSeries make() {
        DemoSeries demo = new DemoSeries();
        for (int hour = 0; hour < HOURS; hour++) {
            demo.add(hour, demo.value(hour));
        }
        return demo.grid.toSeries();
    }

    private double value(int hour) {
        int hourOfDay = hour % 24;
        boolean weekend = hour / 24 % 7 >= 5;
        double day = 0.5
                - 0.38 * Math.cos(2 * Math.PI * (hourOfDay - 4) / 24)
                + 0.12 * Math.sin(4 * Math.PI * hourOfDay / 24);
        wander = 0.8 * wander + 0.05 * random.nextGaussian();
        double level = hour < SHIFT_AT_HOUR ? 800 : 1100;
        double noise = 1 + wander + 0.02 * random.nextGaussian();
        return Math.rint(10 * level * (0.25 + day * (weekend ? 0.55 : 1)) * noise) / 10;
    }

    private void add(int hour, double value) {
        boolean outage = (hour >= 300 && hour < 309) || (hour >= 1000 && hour < 1030);
        if (outage || random.nextInt(150) == 0) {
            return;
        }
        grid.add(START_NANOS + hour * HOUR_NANOS, value);
        if (random.nextInt(200) == 0) {
            grid.add(START_NANOS + hour * HOUR_NANOS, value);
        }
        if (random.nextInt(300) == 0 && hour > 2) {
            grid.add(START_NANOS + (hour - 2) * HOUR_NANOS, value(hour - 2));
        }
    }
}
