package io.foreshard.jmh.addresses;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Who starts VMs when: the recorded creations per slot and flavour, cut into batches. For the last days it is recorded which VMs were started
 * together; for the days before, a slot is cut in the proportions of a recorded one of the same flavour with about as many VMs. All VMs of a batch are asked for
 * at once, at a time of the slot that is drawn, as the record has no finer times.
 */
final class ChurnTrace {

    static final long SLOT_MILLIS = 300_000;
    private static final int FIRST_FLAVOUR_COLUMN = 4;
    private static final int ALIKE = 3;

    private final List<String> flavours;
    private final int[][] counts;
    private final Map<String, int[]> recorded = new HashMap<>();
    private final List<TreeMap<Integer, List<int[]>>> alike = new ArrayList<>();

    /** VMs of one flavour that are asked for at once. */
    record Batch(long atMillis, int flavour, int size) {}

    private ChurnTrace(List<String> flavours, int[][] counts) {
        this.flavours = flavours;
        this.counts = counts;
        flavours.forEach(flavour -> alike.add(new TreeMap<>()));
    }

    /**
     * Reads the recorded files.
     *
     * @param folder where they are
     */
    static ChurnTrace read(Path folder) throws IOException {
        ChurnTrace trace;
        try (BufferedReader lines = open(folder.resolve("vm_arrivals_5min.csv.gz"))) {
            List<String> columns = Arrays.asList(lines.readLine().split(",", -1));
            List<int[]> rows = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int[] row = Arrays.stream(line.split(",", -1))
                        .mapToInt(Integer::parseInt)
                        .toArray();
                rows.add(Arrays.copyOfRange(row, FIRST_FLAVOUR_COLUMN, row.length));
            }
            trace = new ChurnTrace(
                    List.copyOf(columns.subList(FIRST_FLAVOUR_COLUMN, columns.size())), rows.toArray(int[][]::new));
        }
        try (BufferedReader lines = open(folder.resolve("vm_lifetimes.csv.gz"))) {
            trace.readBatches(lines);
        }
        return trace;
    }

    private static BufferedReader open(Path file) throws IOException {
        return new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
    }

    private void readBatches(BufferedReader lines) throws IOException {
        lines.readLine();
        Map<String, Map<String, Integer>> sizes = new HashMap<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] cells = line.split(",", -1);
            int slot = (int) (Long.parseLong(cells[0]) * 1000 / SLOT_MILLIS) - 1;
            sizes.computeIfAbsent(slot + " " + flavours.indexOf(cells[2]), x -> new TreeMap<>())
                    .merge(cells[1], 1, Integer::sum);
        }
        new TreeMap<>(sizes).forEach((key, batches) -> {
            int[] parts = batches.values().stream().mapToInt(x -> x).toArray();
            recorded.put(key, parts);
            alike.get(Integer.parseInt(key.substring(key.indexOf(' ') + 1)))
                    .computeIfAbsent(Arrays.stream(parts).sum(), x -> new ArrayList<>())
                    .add(parts);
        });
    }

    int slots() {
        return counts.length;
    }

    List<String> flavours() {
        return flavours;
    }

    int count(int slot, int flavour) {
        return counts[slot][flavour];
    }

    /** Returns what is asked for in a slot, in order of time. */
    List<Batch> batches(int slot, SplittableRandom random) {
        List<Batch> batches = new ArrayList<>();
        for (int flavour = 0; flavour < flavours.size(); flavour++) {
            if (counts[slot][flavour] > 0) {
                for (int size : parts(slot, flavour, random)) {
                    batches.add(new Batch(slot * SLOT_MILLIS + random.nextLong(SLOT_MILLIS), flavour, size));
                }
            }
        }
        batches.sort((a, b) -> Long.compare(a.atMillis, b.atMillis));
        return batches;
    }

    private int[] parts(int slot, int flavour, SplittableRandom random) {
        int count = counts[slot][flavour];
        int[] known = recorded.get(slot + " " + flavour);
        if (known != null && Arrays.stream(known).sum() == count) {
            return known;
        }
        TreeMap<Integer, List<int[]>> candidates = alike.get(flavour);
        List<int[]> near = new ArrayList<>(candidates.getOrDefault(count, List.of()));
        Integer below = candidates.lowerKey(count);
        Integer above = candidates.higherKey(count);
        while (near.size() < ALIKE && (below != null || above != null)) {
            boolean down = above == null || (below != null && count - below <= above - count);
            near.addAll(candidates.get(down ? below : above));
            below = down ? candidates.lowerKey(below) : below;
            above = down ? above : candidates.higherKey(above);
        }
        return near.isEmpty() ? new int[] {count} : scaled(near.get(random.nextInt(near.size())), count);
    }

    /** Cuts a count in the proportions of parts. */
    private static int[] scaled(int[] parts, int count) {
        long total = Arrays.stream(parts).sum();
        int[] cut = new int[parts.length];
        long before = 0;
        for (int i = 0; i < parts.length; i++) {
            long until = before + parts[i];
            cut[i] = (int) (until * count / total - before * count / total);
            before = until;
        }
        return Arrays.stream(cut).filter(size -> size > 0).toArray();
    }
}
