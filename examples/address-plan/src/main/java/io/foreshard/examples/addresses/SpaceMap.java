package io.foreshard.examples.addresses;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.examples.report.Plot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import java.util.stream.Collectors;

/** Where the shards of a pool lie: a mark for each unit, in rows, coloured by subdivision. Stateless. */
final class SpaceMap {

    private static final int COLOURS = 7;
    private static final int COLUMNS = 64;
    private static final String OTHERS = "other subdivisions";

    private SpaceMap() {}

    /**
     * Returns the map of the used part of the IPv4 pool: a row for each block of {@value #COLUMNS} units that has a shard. The largest subdivisions have a
     * colour of their own.
     *
     * @param outcome whose shards
     */
    static Plot of(Outcome outcome) {
        List<Allocation> shards = outcome.shards().stream()
                .filter(each -> each.prefix().family() == AddressFamily.IPV4)
                .toList();
        List<Long> blocks = shards.stream()
                .map(each -> unit(each) / COLUMNS)
                .distinct()
                .sorted()
                .toList();
        List<String> coloured = largest(shards);
        Map<String, List<Allocation>> groups = new LinkedHashMap<>();
        coloured.forEach(name -> groups.put(name, new ArrayList<>()));
        for (Allocation shard : shards) {
            String name = coloured.contains(shard.subdivision()) ? shard.subdivision() : OTHERS;
            groups.computeIfAbsent(name, unknown -> new ArrayList<>()).add(shard);
        }
        int blockLength = Settings.IPV4_LENGTH - Integer.numberOfTrailingZeros(COLUMNS);
        Plot plot = Plot.titled("Units of " + Settings.IPV4_POOL + ", " + outcome.name())
                .xLabel("unit of /" + Settings.IPV4_LENGTH + " within its block of /" + blockLength)
                .yLabel("blocks in use, in order of address")
                .xRange(-1, COLUMNS)
                .yRange(-1, blocks.size());
        for (Map.Entry<String, List<Allocation>> group : groups.entrySet()) {
            double[] xs = of(group.getValue(), unit -> unit % COLUMNS);
            double[] ys = of(group.getValue(), unit -> Collections.binarySearch(blocks, unit / COLUMNS));
            plot = plot.points(group.getKey(), xs, ys);
        }
        return plot;
    }

    private static double[] of(List<Allocation> shards, LongToDoubleFunction place) {
        return shards.stream()
                .mapToDouble(each -> place.applyAsDouble(unit(each)))
                .toArray();
    }

    private static List<String> largest(List<Allocation> shards) {
        return shards.stream()
                .collect(Collectors.groupingBy(Allocation::subdivision, Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(COLOURS)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static long unit(Allocation shard) {
        Prefix pool = Settings.IPV4_POOL;
        return pool.indexOf(shard.prefix());
    }
}
