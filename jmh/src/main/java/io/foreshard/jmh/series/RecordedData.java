package io.foreshard.jmh.series;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * The folder of recorded data: nine series of networks and clouds, and the hourly series of the M4 competition.
 *
 * @param root with {@code series/} and {@code churn/}
 */
public record RecordedData(Path root) {

    private static final int HALF_HOURS_OF_A_DAY = 48;
    private static final int FIVE_MINUTES_OF_A_DAY = 288;
    private static final int TEN_MINUTES_OF_A_DAY = 144;
    private static final int HOURS_OF_A_DAY = 24;
    private static final List<String> CLOUD_WATCH = List.of(
            "elb_request_count_8c0756",
            "ec2_cpu_utilization_5f5533",
            "ec2_disk_write_bytes_1ef3de",
            "ec2_network_in_257a54",
            "rds_cpu_utilization_cc0c53",
            "cpu_utilization_asg_misconfiguration");

    /** Returns whether the folder is there. */
    public boolean isPresent() {
        return Files.isDirectory(root.resolve("series"));
    }

    /** Returns the series as half-hours or hours, gaps filled: for models that are fitted. */
    public List<NamedSeries> coarse() throws IOException {
        List<NamedSeries> series = new ArrayList<>();
        for (String file : CLOUD_WATCH) {
            double[] halfHours = Grid.averaged(Grid.filled(cloudWatch(file, 300)), 6);
            series.add(new NamedSeries(name(file), HALF_HOURS_OF_A_DAY, HALF_HOURS_OF_A_DAY, halfHours));
        }
        double[] taxi = Grid.filled(cloudWatch("nyc_taxi", 1800));
        series.add(new NamedSeries("nyc_taxi", HALF_HOURS_OF_A_DAY, HALF_HOURS_OF_A_DAY, taxi));
        series.add(new NamedSeries("worldcup98", HOURS_OF_A_DAY, HOURS_OF_A_DAY, worldCup(3600)));
        series.add(new NamedSeries("vm_arrivals", HOURS_OF_A_DAY, HOURS_OF_A_DAY, Grid.summed(arrivals(), 12)));
        return series;
    }

    /**
     * Returns the series at the step at which they were recorded (the World Cup's in ten minutes), gaps left open: for models that
     * learn online.
     *
     * @param horizonSteps how far ahead they are forecast
     */
    public List<NamedSeries> fine(int horizonSteps) throws IOException {
        List<NamedSeries> series = new ArrayList<>();
        for (String file : CLOUD_WATCH) {
            series.add(new NamedSeries(name(file), FIVE_MINUTES_OF_A_DAY, horizonSteps, cloudWatch(file, 300)));
        }
        series.add(new NamedSeries("nyc_taxi", HALF_HOURS_OF_A_DAY, horizonSteps, cloudWatch("nyc_taxi", 1800)));
        series.add(new NamedSeries("worldcup98", TEN_MINUTES_OF_A_DAY, horizonSteps, worldCup(600)));
        series.add(new NamedSeries("vm_arrivals", FIVE_MINUTES_OF_A_DAY, horizonSteps, arrivals()));
        return series;
    }

    /** Returns the training parts of M4's hourly series. */
    public List<NamedSeries> hourly() throws IOException {
        return rows(root.resolve("series/m4/Hourly-train.csv.gz"), 0, RecordedData::hourly);
    }

    private static NamedSeries hourly(String[] row) {
        double[] values =
                Arrays.stream(row).skip(1).mapToDouble(Double::parseDouble).toArray();
        return new NamedSeries(row[0], HOURS_OF_A_DAY, 2 * HOURS_OF_A_DAY, values);
    }

    /** The files' names end in a number of six digits that says nothing. */
    private static String name(String file) {
        return file.replaceAll("_[0-9a-f]{6}$", "");
    }

    private double[] cloudWatch(String file, long stepSeconds) throws IOException {
        return Grid.of(stamped("series/nab/" + file + ".csv.gz"), stepSeconds).means();
    }

    /** Minutes without a request are absent. */
    private double[] worldCup(long stepSeconds) throws IOException {
        return Grid.of(stamped("series/net/worldcup98_requests_per_minute.csv.gz"), stepSeconds)
                .sums();
    }

    private double[] arrivals() throws IOException {
        return rows(root.resolve("churn/vm_arrivals_5min.csv.gz"), 1, row -> Double.valueOf(row[1])).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private List<StampedValue> stamped(String file) throws IOException {
        return rows(root.resolve(file), 1, row -> new StampedValue(seconds(row[0]), Double.parseDouble(row[1])));
    }

    private static long seconds(String stamp) {
        return LocalDateTime.parse(stamp.replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC);
    }

    private static <T> List<T> rows(Path file, int headerLines, Function<String[], T> row) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines()
                    .skip(headerLines)
                    .map(line -> row.apply(line.split(",", -1)))
                    .toList();
        }
    }
}
