package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.AddressShardAllocator;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.PushOutcome;
import io.foreshard.addrsharding.spi.RefusalReason;
import io.foreshard.addrsharding.spi.ShardKey;
import io.foreshard.addrsharding.spi.ShardOutcome;
import io.foreshard.addrsharding.spi.ShardRequest;
import io.foreshard.addrsharding.spi.SpaceOutlook;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes shards through their life: assigned, recorded, confirmed, recorded, announced, in use; and drained, recorded, withdrawn, cooling,
 * free. No step is taken before the one before it is recorded, and none is given back that routers may still announce. Confined to the
 * engine's executor.
 */
final class ShardCycle {

    private final AddressShardAllocator allocator;
    private final Recorder recorder;
    /** Of addresses whose shard is to be given back. */
    private final Recorder addressRecorder;

    private final Announcer announcer;
    private final Withdrawals withdrawals;
    private final Consumer<Allocation> usable;
    private final Consumer<Allocation> lost;
    /** Recorded as confirmed, and to be announced. */
    private final Map<Prefix, Allocation> confirmed = new TreeMap<>();
    /** Confirmed, but no push has been tried since. */
    private final Map<Prefix, Allocation> unannounced = new HashMap<>();
    /** Draining, or about to, while addresses are somebody's. */
    private final Set<Prefix> occupied = new HashSet<>();
    /** Shards of which addresses are still to be recorded as nobody's. */
    private final NavigableMap<Prefix, Ending> ending = new TreeMap<>();
    /** Shards that drain and are announced all the same, as long as their machines are given time. */
    private final Set<Prefix> graced = new HashSet<>();
    /** Those of them of which that is recorded. */
    private final Map<Prefix, Allocation> gracedRecorded = new HashMap<>();
    /** Shards that are used on, though recorded as draining yet. */
    private final Set<Prefix> usedOn = new HashSet<>();

    private final Map<AddressFamily, Integer> unitLengths = new EnumMap<>(AddressFamily.class);
    private long nowMillis;
    private boolean isFenced;

    /**
     * Makes a cycle.
     *
     * @param builder what it works with
     * @param executor the engine's
     * @param usable told of each shard that may be used from now on
     * @param lost told of each shard that was assigned and could not be recorded
     */
    ShardCycle(
            AddressSharderBuilder builder, Executor executor, Consumer<Allocation> usable, Consumer<Allocation> lost) {
        recorder = new Recorder(builder.store, executor, true, this::settled);
        addressRecorder = new Recorder(builder.store, executor, false, this::ended);
        allocator = builder.allocators().apply(change -> recorder.record(change.allocation()));
        allocator.report().pools().forEach(pool -> unitLengths.put(pool.pool().family(), pool.unitLength()));
        announcer = new Announcer(
                builder.routers(),
                () -> List.copyOf(confirmed.values()),
                new TimedCall<>(executor, builder.limits.pushMillis()),
                builder.observer,
                this::pushed);
        withdrawals = new Withdrawals(
                builder.withdrawalWatch,
                new TimedCall<>(executor, builder.limits.withdrawalMillis()),
                builder.limits.withdrawalMillis(),
                builder.observer,
                shard -> allocator.release(ShardKey.of(shard), nowMillis));
        this.usable = usable;
        this.lost = lost;
    }

    /**
     * Takes the recorded state. What was assigned and not confirmed nobody has used, so it is given back; what was confirmed is used, and
     * announced, again.
     *
     * @param inUse draining shards with addresses that are recorded as somebody's; {@link #vacate} ends that
     * @param announced those of them that are announced until {@link #withdraw}
     */
    void restore(Collection<Allocation> shards, Set<Prefix> inUse, Set<Prefix> announced, long lastRevision, long now) {
        nowMillis = now;
        occupied.addAll(inUse);
        graced.addAll(announced);
        long latest = shards.stream().mapToLong(Allocation::sequence).max().orElse(0);
        allocator.restore(shards, Math.max(lastRevision, latest));
        for (Allocation shard : shards) {
            switch (shard.status()) {
                case PENDING -> allocator.release(ShardKey.of(shard), now);
                case CONFIRMED -> {
                    confirmed.put(shard.prefix(), shard);
                    usable.accept(shard);
                }
                case DRAINING -> restoreDraining(shard);
                case COOLING, FREE -> {}
            }
        }
        announcer.changed();
    }

    private void restoreDraining(Allocation shard) {
        if (graced.contains(shard.prefix())) {
            gracedRecorded.put(shard.prefix(), shard);
            confirmed.put(shard.prefix(), confirmed(shard));
        } else {
            withdrawals.begin(shard, occupied.contains(shard.prefix()));
        }
    }

    /** To routers it is as one that is in use. */
    private static Allocation confirmed(Allocation shard) {
        return new Allocation(
                shard.kind(),
                shard.prefix(),
                shard.subdivision(),
                shard.handle(),
                AllocationStatus.CONFIRMED,
                shard.sequence(),
                shard.sinceMillis());
    }

    /**
     * Uses a restored shard on that drains and is announced, as its subdivision is configured again. It may be used at once: while it is
     * recorded as draining, it is used on again after a crash.
     *
     * @return what holds of it; null if the allocator does not take that
     */
    @Nullable
    Allocation useOn(Allocation shard) {
        usedOn.add(shard.prefix());
        if (allocator.confirm(ShardKey.of(shard), nowMillis) instanceof ShardOutcome.Changed changed) {
            graced.remove(shard.prefix());
            gracedRecorded.remove(shard.prefix());
            occupied.remove(shard.prefix());
            return changed.allocation();
        }
        usedOn.remove(shard.prefix());
        return null;
    }

    /** Takes how large a subdivision is expected to become, so that it grows in one place. */
    void expect(SubdivisionSettings settings, SubdivisionOutlook outlook) {
        int unitLength = unitLengths.getOrDefault(settings.family(), settings.shardLength());
        int addressesPerUnit = Math.max(1, settings.addresses() >> Math.max(0, unitLength - settings.shardLength()));
        allocator.expect(settings.subdivision(), settings.family(), outlook.space(addressesPerUnit));
    }

    /** Takes that a subdivision will not grow any more. */
    void expectNothing(SubdivisionSettings settings) {
        allocator.expect(settings.subdivision(), settings.family(), SpaceOutlook.UNKNOWN);
    }

    /** Moves what is reserved towards who is expected to need it. */
    void rebalance() {
        allocator.rebalance();
    }

    /** Assigns a shard; it becomes usable later. Returns why not, if it was refused. */
    Optional<RefusalReason> assign(ShardRequest request, long now) {
        nowMillis = now;
        return allocator.assign(request, now) instanceof ShardOutcome.Refused refused
                ? Optional.of(refused.reason())
                : Optional.empty();
    }

    /**
     * Begins to give a usable shard back: first it is recorded that its addresses are nobody's, then it is drained. Whoever asks has made
     * sure that nobody uses it.
     *
     * @param addresses what is to be recorded of its addresses
     */
    void drain(Allocation shard, List<Allocation> addresses, long now) {
        nowMillis = now;
        end(shard.prefix(), addresses, () -> allocator.drain(ShardKey.of(shard), nowMillis));
    }

    /**
     * Takes a usable shard out of use though machines have addresses of it: it is recorded as draining, and since when. It is announced until
     * {@link #withdraw}, and not given back before {@link #vacate}.
     *
     * @return what holds of it
     */
    Allocation retire(Allocation shard, long now) {
        nowMillis = now;
        occupied.add(shard.prefix());
        graced.add(shard.prefix());
        return allocator.drain(ShardKey.of(shard), now) instanceof ShardOutcome.Changed changed
                ? changed.allocation()
                : shard;
    }

    /** Withdraws a retired shard. Returns false if that was done before. */
    boolean withdraw(Prefix shard, long now) {
        nowMillis = now;
        boolean isAnnounced = graced.remove(shard);
        Allocation recorded = gracedRecorded.remove(shard);
        if (recorded != null) {
            leave(recorded);
        }
        return isAnnounced;
    }

    private void leave(Allocation draining) {
        confirmed.remove(draining.prefix());
        withdrawals.begin(draining, occupied.contains(draining.prefix()));
        announcer.changed();
    }

    /**
     * Takes that nobody has an address of a draining shard any more.
     *
     * @param addresses what is to be recorded of its addresses
     */
    void vacate(Prefix shard, List<Allocation> addresses, long now) {
        nowMillis = now;
        end(shard, addresses, () -> {
            occupied.remove(shard);
            withdrawals.vacated(shard);
        });
    }

    private void end(Prefix shard, List<Allocation> addresses, Runnable then) {
        ending.put(shard, new Ending(addresses.size(), then));
        addresses.forEach(addressRecorder::record);
        thenIfEnded(shard);
    }

    /** Records that an address is nobody's whose shard is not in use. */
    void endAddress(Allocation address) {
        addressRecorder.record(address);
    }

    private void ended(Allocation address, AppendOutcome outcome) {
        isFenced |= !(outcome instanceof AppendOutcome.Committed);
        Map.Entry<Prefix, Ending> entry = ending.floorEntry(address.prefix());
        if (entry != null && entry.getKey().contains(address.prefix())) {
            entry.getValue().left--;
            thenIfEnded(entry.getKey());
        }
    }

    private void thenIfEnded(Prefix prefix) {
        Ending shard = ending.get(prefix);
        if (shard != null && shard.left == 0) {
            ending.remove(prefix);
            shard.then.run();
        }
    }

    private static final class Ending {

        final Runnable then;
        int left;

        Ending(int left, Runnable then) {
            this.left = left;
            this.then = then;
        }
    }

    /** Tries again what did not work, and frees what has cooled. */
    void step(long now, int mostFreed) {
        nowMillis = now;
        recorder.retry();
        addressRecorder.retry();
        announcer.look(now);
        withdrawals.look(now);
        allocator.freeCooled(now, mostFreed);
    }

    private void settled(Allocation recorded, AppendOutcome outcome) {
        if (!(outcome instanceof AppendOutcome.Committed)) {
            isFenced = true;
            if (recorded.status() == AllocationStatus.PENDING) {
                lost.accept(recorded);
            }
            return;
        }
        ShardEvent.emit(recorded);
        switch (recorded.status()) {
            case PENDING -> allocator.confirm(ShardKey.of(recorded), nowMillis);
            case CONFIRMED -> {
                confirmed.put(recorded.prefix(), recorded);
                if (!usedOn.remove(recorded.prefix())) {
                    unannounced.put(recorded.prefix(), recorded);
                }
                announcer.changed();
            }
            case DRAINING -> {
                if (graced.contains(recorded.prefix())) {
                    gracedRecorded.put(recorded.prefix(), recorded);
                } else {
                    leave(recorded);
                }
            }
            case COOLING, FREE -> {}
        }
    }

    /** A router that is away holds up nobody who needs addresses, but nothing is given back before it has withdrawn it. */
    private void pushed(Set<Prefix> tried, PushOutcome outcome) {
        for (Prefix prefix : tried) {
            Allocation shard = unannounced.remove(prefix);
            if (shard != null) {
                usable.accept(shard);
            }
        }
        if (outcome instanceof PushOutcome.Applied) {
            withdrawals.applied(tried);
        }
    }

    /** Returns the allocator, to be asked; changes are made here. */
    AddressShardAllocator allocator() {
        return allocator;
    }

    /** Returns whether somebody else writes to the store, or what it holds is not known: then nothing more is assigned. */
    boolean isFenced() {
        return isFenced;
    }
}
