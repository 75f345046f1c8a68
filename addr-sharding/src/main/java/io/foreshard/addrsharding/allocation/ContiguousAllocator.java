package io.foreshard.addrsharding.allocation;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.AddressShardAllocator;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationChange;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.Rebalancing;
import io.foreshard.addrsharding.spi.RefusalReason;
import io.foreshard.addrsharding.spi.ShardKey;
import io.foreshard.addrsharding.spi.ShardOutcome;
import io.foreshard.addrsharding.spi.ShardRequest;
import io.foreshard.addrsharding.spi.SpaceOutlook;
import io.foreshard.addrsharding.spi.SpaceReport;
import io.foreshard.runtime.Checks;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the shards of a subdivision in a row, so that few routes cover them: reserves as much as it is expected to need, or lets it grow beside what
 * it has. Reservations are soft: when space runs out, those of lower or the same priority are given up, or lend what they do not use.
 *
 * <p>Within a reservation the lowest free block is assigned. Addresses that were given back rest for the cooldown, and are free again in the
 * order in which they were given back.
 *
 * <p>Memory goes with the shards that are not free (about 400 bytes each) and with the units of the pools (0.4 bytes each). Confined to one
 * thread at a time.
 */
public final class ContiguousAllocator implements AddressShardAllocator {

    /** How many cooled shards an assignment frees on its way. */
    private static final int FREED_BESIDE = 2;

    private final Map<AddressFamily, FamilySpace> spaces = new EnumMap<>(AddressFamily.class);
    private final Subdivisions subdivisions;
    private final long cooldownMillis;
    private final Consumer<AllocationChange> listener;
    /** Those that cool, in the order in which they were given back. */
    private final ArrayDeque<Shard> cooling = new ArrayDeque<>();

    private long revision;

    ContiguousAllocator(ContiguousAllocatorBuilder builder) {
        spaces.putAll(builder.spaces());
        subdivisions = builder.subdivisions();
        cooldownMillis = builder.cooldownMillis();
        listener = builder.listener();
    }

    /** Returns a builder with the defaults, and without a pool. */
    public static ContiguousAllocatorBuilder builder() {
        return new ContiguousAllocatorBuilder();
    }

    @Override
    public ShardOutcome assign(ShardRequest request, long nowMillis) {
        freeCooled(nowMillis, FREED_BESIDE);
        FamilySpace space = spaces.get(request.family());
        if (space == null || !space.has(request.length())) {
            return refused(RefusalReason.NO_SUCH_SHARD);
        }
        Holding holder = subdivisions.findOrMake(request.subdivision(), request.family());
        if (holder == null) {
            return refused(RefusalReason.TOO_MANY_SUBDIVISIONS);
        }
        int order = space.unitLength - request.length();
        if (holder.shardsInUse >= holder.policy.maxShards()) {
            return refused(RefusalReason.CAPPED);
        }
        if (holder.units + (1L << order) > holder.policy.quota() * space.units()) {
            return refused(RefusalReason.QUOTA);
        }
        Shard shard = space.place(holder, order);
        if (shard == null && freeCooled(nowMillis, Integer.MAX_VALUE) > 0) {
            shard = space.place(holder, order);
        }
        return shard == null ? refused(space.refusal(order)) : assigned(shard, nowMillis);
    }

    private ShardOutcome assigned(Shard shard, long nowMillis) {
        long birth = revision + 1;
        Prefix prefix = shard.prefix();
        String handle = ShardHandle.text(prefix, birth);
        shard.holder.shardsInUse++;
        return tell(
                shard,
                new Allocation(
                        AllocationKind.SHARD,
                        prefix,
                        shard.holder.subdivision,
                        handle,
                        AllocationStatus.PENDING,
                        birth,
                        nowMillis),
                0);
    }

    @Override
    public ShardOutcome confirm(ShardKey key, long nowMillis) {
        Shard shard = shard(key.handle());
        Allocation known = shard == null ? null : shard.allocation();
        // Who says any sequence repeats what is long past.
        boolean isUsedOn =
                known != null && known.status() == AllocationStatus.DRAINING && key.sequence() == known.sequence();
        AllocationStatus from = isUsedOn ? AllocationStatus.DRAINING : AllocationStatus.PENDING;
        return step(shard, key, from, AllocationStatus.CONFIRMED, nowMillis);
    }

    @Override
    public ShardOutcome drain(ShardKey key, long nowMillis) {
        return step(shard(key.handle()), key, AllocationStatus.CONFIRMED, AllocationStatus.DRAINING, nowMillis);
    }

    @Override
    public ShardOutcome release(ShardKey key, long nowMillis) {
        Shard shard = shard(key.handle());
        boolean isUnused = shard != null && shard.allocation().status() == AllocationStatus.PENDING;
        return isUnused
                ? step(shard, key, AllocationStatus.PENDING, AllocationStatus.FREE, nowMillis)
                : step(shard, key, AllocationStatus.DRAINING, AllocationStatus.COOLING, nowMillis);
    }

    private ShardOutcome step(
            @Nullable Shard shard, ShardKey key, AllocationStatus from, AllocationStatus to, long nowMillis) {
        if (shard == null) {
            return ended(key.handle(), to);
        }
        Allocation known = shard.allocation();
        if (!known.subdivision().equals(key.subdivision())) {
            return refused(RefusalReason.FOREIGN_HANDLE);
        }
        boolean isPast = to == AllocationStatus.DRAINING && known.status() == AllocationStatus.COOLING;
        if (known.status() == to || isPast) {
            return new ShardOutcome.Unchanged(known);
        }
        if (key.sequence() != ShardKey.ANY && key.sequence() != known.sequence()) {
            return refused(RefusalReason.STALE);
        }
        return known.status() == from ? change(shard, to, nowMillis) : refused(RefusalReason.WRONG_STATUS);
    }

    /** What holds for a handle whose shard is free, or another's by now: all ways back have been gone, no way forth is left. */
    private ShardOutcome ended(String handle, AllocationStatus to) {
        ShardHandle parsed = ShardHandle.parse(handle);
        FamilySpace space = parsed == null ? null : spaces.get(parsed.prefix().family());
        boolean wasOurs = parsed != null
                && space != null
                && space.poolOf(parsed.prefix()) != null
                && parsed.birth() > 0
                && parsed.birth() <= revision;
        if (!wasOurs) {
            return refused(RefusalReason.UNKNOWN_HANDLE);
        }
        return to == AllocationStatus.CONFIRMED ? refused(RefusalReason.STALE) : new ShardOutcome.Unchanged(null);
    }

    private ShardOutcome change(Shard shard, AllocationStatus to, long nowMillis) {
        Allocation known = shard.allocation();
        Allocation next = new Allocation(
                known.kind(), known.prefix(), known.subdivision(), known.handle(), to, known.sequence() + 1, nowMillis);
        if (to == AllocationStatus.FREE) {
            free(shard, known.status());
        } else if (to == AllocationStatus.COOLING) {
            shard.holder.shardsInUse--;
            cooling.add(shard);
        }
        return tell(shard, next, known.sequence());
    }

    private void free(Shard shard, AllocationStatus before) {
        shard.holder.shardsInUse -= before == AllocationStatus.COOLING ? 0 : 1;
        FamilySpace.free(shard);
    }

    private ShardOutcome tell(Shard shard, Allocation allocation, long expectedSequence) {
        shard.record(allocation);
        revision++;
        listener.accept(new AllocationChange(revision, allocation, expectedSequence));
        return new ShardOutcome.Changed(allocation);
    }

    @Override
    public int freeCooled(long nowMillis, int most) {
        int freed = 0;
        Shard longest = cooling.peek();
        while (freed < most
                && longest != null
                && nowMillis - longest.allocation().sinceMillis() >= cooldownMillis) {
            cooling.remove();
            change(longest, AllocationStatus.FREE, nowMillis);
            freed++;
            longest = cooling.peek();
        }
        return freed;
    }

    @Override
    public void expect(String subdivision, AddressFamily family, SpaceOutlook outlook) {
        Holding holding = subdivisions.findOrMake(subdivision, family);
        if (holding != null) {
            holding.outlook = outlook;
        }
    }

    @Override
    public Rebalancing rebalance() {
        long givenUp = 0;
        long reserved = 0;
        for (Map.Entry<AddressFamily, FamilySpace> space : spaces.entrySet()) {
            List<Holding> holdings = subdivisions.all(space.getKey());
            for (Holding holding : holdings) {
                givenUp += FamilySpace.giveUpUnexpected(holding);
            }
            for (Holding holding : holdings) {
                reserved += space.getValue().reserveMissing(holding);
            }
        }
        return new Rebalancing(givenUp, reserved);
    }

    @Override
    public @Nullable Allocation find(String handle) {
        Shard shard = shard(handle);
        return shard == null ? null : shard.allocation();
    }

    @Override
    public void forEach(Consumer<Allocation> consumer) {
        for (FamilySpace space : spaces.values()) {
            for (PoolSpace pool : space.pools) {
                pool.shards.forEach((unit, shard) -> consumer.accept(shard.allocation()));
            }
        }
    }

    @Override
    public SpaceReport report() {
        return Reports.of(spaces.values());
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public void restore(Iterable<Allocation> allocations, long lastRevision) {
        if (revision != 0) {
            throw new IllegalStateException("revision: " + revision + " (expected: 0, as nothing is restored later)");
        }
        revision = Checks.notNegative("lastRevision", lastRevision);
        new Restoring(spaces, subdivisions).restore(allocations, lastRevision).forEach(cooling::add);
    }

    /** Returns the shard that a handle is for today; null if it is of a former life, or of none. */
    private @Nullable Shard shard(String handle) {
        ShardHandle parsed = ShardHandle.parse(handle);
        FamilySpace space = parsed == null ? null : spaces.get(parsed.prefix().family());
        Shard shard = parsed == null || space == null ? null : space.shard(parsed.prefix());
        return shard != null && shard.allocation().handle().equals(handle) ? shard : null;
    }

    private static ShardOutcome refused(RefusalReason reason) {
        return new ShardOutcome.Refused(reason);
    }
}
