package io.foreshard.jmh.stacks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Messages as they were recorded. Where only counts are known, the messages of a step fall anywhere in it, and counts that are too high for one machine are thinned; the seed decides
 * both, and from which day on a long record is taken.
 */
final class RecordedDemand {

    private static final long DAY = 86_400_000;
    private static final double SERVICE_MILLIS = 1000;
    private static final int MAX_IN_FLIGHT = 4;
    private static final double MEGABYTES = 38;

    private final Path data;
    private final double learnDays;
    private final double scoreDays;

    RecordedDemand(Path data, double learnDays, double scoreDays) {
        this.data = data;
        this.learnDays = learnDays;
        this.scoreDays = scoreDays;
    }

    /** Requests to the World Cup's site by the minute, one in 50. */
    StackDemand worldCup(long seed) {
        SortedMap<Long, Double> counts = stamped(data.resolve("series/net/worldcup98_requests_per_minute.csv.gz"));
        return demand("worldcup98", List.of(series("worldcup98", counts, 60, 0.02, seed)));
    }

    /** Requests of a load balancer, network traffic of a machine in pieces of 100 kB, and one in 50 taxis. */
    StackDemand cloud(long seed) {
        Path nab = data.resolve("series/nab");
        return demand(
                "nab",
                List.of(
                        series("elb", stamped(nab.resolve("elb_request_count_8c0756.csv.gz")), 300, 1, seed),
                        series("network-in", stamped(nab.resolve("ec2_network_in_257a54.csv.gz")), 300, 1e-5, seed + 1),
                        series("taxi", stamped(nab.resolve("nyc_taxi.csv.gz")), 1800, 0.02, seed + 2)));
    }

    private StackDemand.Kind series(
            String name, SortedMap<Long, Double> counts, int stepSeconds, double share, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long days = (counts.lastKey() - counts.firstKey()) / DAY;
        long spare = Math.max(1, days - (long) Math.ceil(learnDays + scoreDays));
        long from = Math.floorDiv(counts.firstKey(), DAY) * DAY + DAY * random.nextLong(spare);
        Arrivals arrivals = new Arrivals(until());
        long stepMillis = 1000L * stepSeconds;
        // Steps of some records begin at odd minutes.
        long first = Math.floorMod(counts.firstKey() - from, stepMillis);
        double[] perSecond = new double[(int) (until() / stepMillis) + 1];
        counts.subMap(from, from + until()).forEach((at, count) -> {
            perSecond[(int) Math.max(0, Math.floorDiv(at - from - first, stepMillis))] += count * share / stepSeconds;
            double left = exponential(random);
            while (left < count * share) {
                arrivals.add(at - from + random.nextDouble() * stepMillis);
                left += exponential(random);
            }
        });
        return kind(name, arrivals, Intensity.ofSteps(first, stepMillis, perSecond));
    }

    /** Creations of VMs by flavour, in the batches in which tenants asked for them; those of a batch follow one another. */
    StackDemand churn(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Arrivals> flavours = new TreeMap<>();
        long[] first = {Long.MIN_VALUE};
        String[] batch = {""};
        double[] at = {0};
        long[] number = {0};
        Map<String, BatchIntensity> intensities = new TreeMap<>();
        lines(data.resolve("churn/vm_lifetimes.csv.gz"), cells -> {
            long slot = Long.parseLong(cells[0]) * 1000;
            first[0] = first[0] == Long.MIN_VALUE ? slot : first[0];
            if (!batch[0].equals(cells[0] + cells[1])) {
                batch[0] = cells[0] + cells[1];
                number[0]++;
                at[0] = slot - first[0] + random.nextDouble() * 300_000;
            }
            at[0] += 200 * exponential(random);
            flavours.computeIfAbsent(cells[2], x -> new Arrivals(until())).add(at[0]);
            intensities
                    .computeIfAbsent(cells[2], x -> new BatchIntensity(300_000, StackReplay.coldMillis()))
                    .add(number[0], slot - first[0], at[0]);
        });
        List<StackDemand.Kind> kinds = new ArrayList<>();
        intensities.forEach((name, intensity) ->
                kinds.add(kind(name, flavours.computeIfAbsent(name, x -> new Arrivals(until())), intensity)));
        return demand("churn", kinds);
    }

    private StackDemand.Kind kind(String name, Arrivals arrivals, Intensity intensity) {
        return new StackDemand.Kind(
                name, arrivals.sorted(), SERVICE_MILLIS, MAX_IN_FLIGHT, MEGABYTES, Optional.of(intensity));
    }

    private StackDemand demand(String name, List<StackDemand.Kind> kinds) {
        return new StackDemand(name, kinds, (long) (learnDays * DAY), until());
    }

    private long until() {
        return (long) ((learnDays + scoreDays) * DAY);
    }

    private static double exponential(SplittableRandom random) {
        return -Math.log(1 - random.nextDouble());
    }

    private static SortedMap<Long, Double> stamped(Path file) {
        SortedMap<Long, Double> values = new TreeMap<>();
        lines(
                file,
                cells -> values.merge(
                        LocalDateTime.parse(cells[0].replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC) * 1000,
                        Double.parseDouble(cells[1]),
                        Double::sum));
        return values;
    }

    /** What takes the cells of a line. */
    private interface Row {
        void take(String[] cells);
    }

    private static void lines(Path file, Row row) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                row.take(line.split(",", -1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
