package io.foreshard.addrsharding.allocation;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.runtime.Checks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Takes recorded shards into an empty allocator. What each subdivision has becomes its reservation; what was reserved beyond that is not recorded. */
final class Restoring {

    private final Map<AddressFamily, FamilySpace> spaces;
    private final Subdivisions subdivisions;

    Restoring(Map<AddressFamily, FamilySpace> spaces, Subdivisions subdivisions) {
        this.spaces = spaces;
        this.subdivisions = subdivisions;
    }

    /** Returns the shards that cool, the longest idle first. */
    List<Shard> restore(Iterable<Allocation> allocations, long lastRevision) {
        List<Allocation> sorted = new ArrayList<>();
        for (Allocation allocation : allocations) {
            if (allocation.status() != AllocationStatus.FREE) {
                sorted.add(allocation);
            }
        }
        // In order of addresses siblings merge as they come.
        sorted.sort(Comparator.comparing(Allocation::prefix));
        List<Shard> cooling = new ArrayList<>();
        for (Allocation allocation : sorted) {
            Shard shard = restore(allocation, lastRevision);
            if (allocation.status() == AllocationStatus.COOLING) {
                cooling.add(shard);
            } else {
                shard.holder.shardsInUse++;
            }
        }
        cooling.sort(Comparator.comparingLong(shard -> shard.allocation().sinceMillis()));
        return cooling;
    }

    private Shard restore(Allocation allocation, long lastRevision) {
        ShardHandle handle = ShardHandle.parse(allocation.handle());
        boolean isOurs = allocation.kind() == AllocationKind.SHARD
                && handle != null
                && handle.prefix().equals(allocation.prefix())
                && handle.birth() > 0
                && handle.birth() <= allocation.sequence()
                && allocation.sequence() <= lastRevision;
        Checks.require(isOurs, "allocation", allocation, "a shard assigned here, up to revision " + lastRevision);
        FamilySpace space = spaces.get(allocation.prefix().family());
        PoolSpace pool = space == null ? null : space.poolOf(allocation.prefix());
        int unit = pool == null ? -1 : pool.unit(allocation.prefix());
        if (pool == null || unit < 0) {
            throw new IllegalArgumentException(
                    "allocation: " + allocation + " (expected: within a pool, in whole units)");
        }
        int order = pool.unitLength - allocation.prefix().length();
        Checks.require(pool.free.claim(unit, order), "allocation", allocation, "no overlap with another");
        Holding holder = subdivisions.findOrMake(
                allocation.subdivision(), allocation.prefix().family());
        if (holder == null) {
            throw new IllegalArgumentException(
                    "maxSubdivisions: too few for " + allocation + " (expected: one for each)");
        }
        Reservation reservation = pool.reserve(holder, unit, order);
        pool.take(reservation, unit, order);
        Shard shard = new Shard(holder, pool, unit, order, reservation);
        shard.record(allocation);
        FamilySpace.add(shard);
        return shard;
    }
}
