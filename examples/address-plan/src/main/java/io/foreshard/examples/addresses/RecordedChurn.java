package io.foreshard.examples.addresses;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;

/**
 * Reads the recorded churn of a cloud. Machines of a batch are created together, at a time of their slot that is drawn; endings are spread over their
 * bin, as the record has no finer times. Before the days of which batches are recorded, slots are cut into as many batches as they had.
 */
final class RecordedChurn {

    private static final String ARRIVALS = "vm_arrivals_5min.csv.gz";
    private static final String LIFETIMES = "vm_lifetimes.csv.gz";
    private static final int FIRST_SUBDIVISION = 4;
    private static final long HOUR_SECONDS = 3600;
    private static final long DAY_SECONDS = 24 * HOUR_SECONDS;
    private static final long LAST_DAY_BIN = 10 * DAY_SECONDS;

    private final SplittableRandom random;
    private final List<String> subdivisions = new ArrayList<>();
    private final List<Burst> earlier = new ArrayList<>();
    private final List<Machine> machines = new ArrayList<>();

    private RecordedChurn(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Returns whether the files are there. */
    static boolean isIn(Path folder) {
        return Files.isReadable(folder.resolve(ARRIVALS)) && Files.isReadable(folder.resolve(LIFETIMES));
    }

    /**
     * Reads the last days.
     *
     * @param folder where the files are
     * @param replayMillis how long the replay is, within the days of which endings are recorded
     * @param learnMillis how long there is to learn before
     * @param seed of all that is drawn
     * @throws IOException if a file cannot be read, or has other columns
     */
    static Churn read(Path folder, long replayMillis, long learnMillis, long seed) throws IOException {
        RecordedChurn churn = new RecordedChurn(seed);
        long to = churn.readArrivals(folder.resolve(ARRIVALS), replayMillis, learnMillis);
        churn.readMachines(folder.resolve(LIFETIMES), to - replayMillis);
        return new Churn(
                "recorded churn of a cloud",
                List.copyOf(churn.subdivisions),
                List.copyOf(churn.earlier),
                List.copyOf(churn.machines),
                to - replayMillis,
                to);
    }

    private long readArrivals(Path file, long replayMillis, long learnMillis) throws IOException {
        List<int[]> rows = new ArrayList<>();
        try (BufferedReader lines = open(file)) {
            List<String> heads = cells(lines.readLine());
            subdivisions.addAll(heads.subList(Math.min(FIRST_SUBDIVISION, heads.size()), heads.size()));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(cells(line).stream().mapToInt(Integer::parseInt).toArray());
            }
        } catch (NumberFormatException e) {
            throw new IOException(file + ": not a number: " + e.getMessage(), e);
        }
        if (rows.isEmpty() || subdivisions.isEmpty()) {
            throw new IOException(file + ": empty (expected: slots of 300 s with a column for each flavour)");
        }
        long to = rows.get(rows.size() - 1)[0] * 1000L;
        for (int[] row : rows) {
            long end = row[0] * 1000L;
            if (end <= to - replayMillis && end > to - replayMillis - learnMillis) {
                cut(row, end - Churn.STEP_MILLIS);
            }
        }
        earlier.sort(Comparator.comparingLong(Burst::atMillis));
        return to;
    }

    /** Cuts what was created in a slot: the largest batch is as it was, the others as large as they were on average. */
    private void cut(int[] row, long begin) {
        int largest = row[3];
        double size = Math.max(1, (double) (row[1] - largest) / Math.max(1, row[2] - 1));
        int most = FIRST_SUBDIVISION;
        for (int column = FIRST_SUBDIVISION; column < row.length; column++) {
            most = row[column] > row[most] ? column : most;
        }
        for (int column = FIRST_SUBDIVISION; column < row.length; column++) {
            int left = row[column];
            int next = column == most ? largest : drawn(size);
            while (left > 0) {
                int count = Math.min(left, next);
                earlier.add(new Burst(begin + random.nextLong(Churn.STEP_MILLIS), column - FIRST_SUBDIVISION, count));
                left -= count;
                next = drawn(size);
            }
        }
    }

    private int drawn(double mean) {
        return 1 + (int) Math.min(1000, -mean * Math.log(1 - random.nextDouble()));
    }

    private void readMachines(Path file, long fromMillis) throws IOException {
        try (BufferedReader lines = open(file)) {
            lines.readLine();
            Map<String, Long> times = new HashMap<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                List<String> row = cells(line);
                long begin = Long.parseLong(row.get(0)) * 1000 - Churn.STEP_MILLIS;
                if (begin >= fromMillis) {
                    String batch = row.get(0) + ' ' + row.get(1);
                    long start = times.computeIfAbsent(batch, unknown -> begin + random.nextLong(Churn.STEP_MILLIS));
                    machines.add(new Machine(
                            subdivisions.indexOf(row.get(2)),
                            start,
                            end(start, Long.parseLong(row.get(3)), row.get(4))));
                }
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new IOException(file + ": not as expected: " + e.getMessage(), e);
        }
        machines.sort(Comparator.comparingLong(Machine::startMillis));
    }

    private long end(long start, long lifetimeSeconds, String censored) {
        if (censored.equals("1")) {
            return Long.MAX_VALUE;
        }
        long width = Math.min(binSeconds(lifetimeSeconds), Math.max(1, lifetimeSeconds));
        return start + Math.max(1, lifetimeSeconds * 1000 - random.nextLong(width * 1000));
    }

    private static long binSeconds(long lifetimeSeconds) {
        if (lifetimeSeconds <= HOUR_SECONDS) {
            return Churn.STEP_MILLIS / 1000;
        }
        if (lifetimeSeconds <= DAY_SECONDS) {
            return HOUR_SECONDS;
        }
        return lifetimeSeconds <= LAST_DAY_BIN ? DAY_SECONDS : LAST_DAY_BIN;
    }

    private static List<String> cells(String line) {
        return line == null ? List.of() : Arrays.asList(line.split(",", -1));
    }

    private static BufferedReader open(Path file) throws IOException {
        return new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
    }
}
