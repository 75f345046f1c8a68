package io.foreshard.addrsharding.allocation;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.prefix.PrefixAggregation;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.SpaceReport;
import io.foreshard.addrsharding.spi.SpaceReport.PoolReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what is free, and in how many pieces. */
final class Reports {

    private Reports() {}

    static SpaceReport of(Collection<FamilySpace> spaces) {
        return new SpaceReport(spaces.stream()
                .flatMap(space -> space.pools.stream())
                .map(Reports::of)
                .toList());
    }

    private static PoolReport of(PoolSpace pool) {
        Tally tally = new Tally();
        pool.shards.forEach((unit, shard) -> tally.add(shard));
        return new PoolReport(
                pool.prefix,
                pool.unitLength,
                pool.units(),
                pool.takenUnits() - tally.coolingUnits,
                tally.coolingUnits,
                pool.reserved.freeUnits(),
                pool.free.freeUnits(),
                tally.borrowedUnits,
                fragmentation(pool, tally.largestOrder),
                available(pool),
                tally.routes(),
                tally.minimalRoutes(pool.unitLength));
    }

    private static double fragmentation(PoolSpace pool, int order) {
        long free = pool.free.freeUnits();
        return free == 0 ? 0 : 1 - (double) (pool.free.availableBlocks()[order] << order) / free;
    }

    private static Map<Integer, Long> available(PoolSpace pool) {
        long[] blocks = pool.free.availableBlocks();
        Map<Integer, Long> byLength = new HashMap<>();
        for (int order = 0; order < blocks.length; order++) {
            byLength.put(pool.unitLength - order, blocks[order]);
        }
        return byLength;
    }

    private static final class Tally {

        private final Map<String, List<Prefix>> confirmed = new HashMap<>();
        private long coolingUnits;
        private long borrowedUnits;
        private int largestOrder;

        void add(Shard shard) {
            largestOrder = Math.max(largestOrder, shard.order);
            AllocationStatus status = shard.allocation().status();
            if (status == AllocationStatus.CONFIRMED) {
                confirmed
                        .computeIfAbsent(shard.holder.subdivision, x -> new ArrayList<>())
                        .add(shard.prefix());
            } else if (status == AllocationStatus.COOLING) {
                coolingUnits += shard.units();
            }
            if (shard.isBorrowed()) {
                borrowedUnits += shard.units();
            }
        }

        long routes() {
            return confirmed.values().stream()
                    .mapToLong(all -> PrefixAggregation.of(all).size())
                    .sum();
        }

        /** So many units in a row, from a multiple of a power of two on, are as many prefixes as the number has bits. */
        long minimalRoutes(int unitLength) {
            return confirmed.values().stream()
                    .mapToLong(all -> all.stream()
                            .mapToLong(prefix -> 1L << (unitLength - prefix.length()))
                            .sum())
                    .map(Long::bitCount)
                    .sum();
        }
    }
}
