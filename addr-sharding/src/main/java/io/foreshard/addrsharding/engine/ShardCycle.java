package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.AddressShardAllocator;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationChange;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.AllocationStore;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.PushOutcome;
import io.foreshard.addrsharding.spi.RefusalReason;
import io.foreshard.addrsharding.spi.ShardKey;
import io.foreshard.addrsharding.spi.ShardOutcome;
import io.foreshard.addrsharding.spi.ShardRequest;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

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
    private final Consumer<Allocation> usable;
    private final Consumer<Allocation> lost;
    /** Recorded as confirmed, and to be announced. */
    private final Map<Prefix, Allocation> confirmed = new TreeMap<>();
    /** Confirmed, but no push has been tried since. */
    private final Map<Prefix, Allocation> unannounced = new HashMap<>();
    /** Recorded as draining, and perhaps still announced. */
    private final Map<Prefix, Allocation> draining = new HashMap<>();

    /** Shards of which addresses are still to be recorded as nobody's. */
    private final NavigableMap<Prefix, Ending> ending = new TreeMap<>();

    private final Map<AddressFamily, Integer> unitLengths = new EnumMap<>(AddressFamily.class);
    private long nowMillis;
    private boolean isFenced;

    /**
     * Makes a cycle.
     *
     * @param allocators makes the allocator, given whom to tell of changes
     * @param routers tells all routers what is confirmed; completes with the worst outcome
     * @param usable told of each shard that may be used from now on
     * @param lost told of each shard that was assigned and could not be recorded
     */
    ShardCycle(
            Function<Consumer<AllocationChange>, AddressShardAllocator> allocators,
            AllocationStore store,
            Function<Collection<Allocation>, CompletionStage<PushOutcome>> routers,
            Executor executor,
            Consumer<Allocation> usable,
            Consumer<Allocation> lost) {
        recorder = new Recorder(store, executor, true, this::settled);
        addressRecorder = new Recorder(store, executor, false, this::ended);
        allocator = allocators.apply(change -> recorder.record(change.allocation()));
        allocator.report().pools().forEach(pool -> unitLengths.put(pool.pool().family(), pool.unitLength()));
        announcer = new Announcer(routers, () -> List.copyOf(confirmed.values()), executor, this::pushed);
        this.usable = usable;
        this.lost = lost;
    }

    /**
     * Takes the recorded state. What was assigned and not confirmed nobody has used, so it is given back; what was confirmed is used, and
     * announced, again.
     */
    void restore(Collection<Allocation> shards, long lastRevision, long now) {
        nowMillis = now;
        long latest = shards.stream().mapToLong(Allocation::sequence).max().orElse(0);
        allocator.restore(shards, Math.max(lastRevision, latest));
        for (Allocation shard : shards) {
            switch (shard.status()) {
                case PENDING -> allocator.release(ShardKey.of(shard), now);
                case CONFIRMED -> {
                    confirmed.put(shard.prefix(), shard);
                    usable.accept(shard);
                }
                case DRAINING -> draining.put(shard.prefix(), shard);
                case COOLING, FREE -> {}
            }
        }
        announcer.changed();
    }

    /** Takes how large a subdivision is expected to become, so that it grows in one place. */
    void expect(SubdivisionSettings settings, SubdivisionOutlook outlook) {
        int unitLength = unitLengths.getOrDefault(settings.family(), settings.shardLength());
        int addressesPerUnit = Math.max(1, settings.addresses() >> Math.max(0, unitLength - settings.shardLength()));
        allocator.expect(settings.subdivision(), settings.family(), outlook.space(addressesPerUnit));
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
        ending.put(shard.prefix(), new Ending(shard, addresses.size()));
        addresses.forEach(addressRecorder::record);
        drainIfEnded(shard.prefix());
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
            drainIfEnded(entry.getKey());
        }
    }

    private void drainIfEnded(Prefix prefix) {
        Ending shard = ending.get(prefix);
        if (shard != null && shard.left == 0) {
            ending.remove(prefix);
            allocator.drain(ShardKey.of(shard.shard), nowMillis);
        }
    }

    private static final class Ending {

        final Allocation shard;
        int left;

        Ending(Allocation shard, int left) {
            this.shard = shard;
            this.left = left;
        }
    }

    /** Tries again what did not work, and frees what has cooled. */
    void step(long now, int mostFreed) {
        nowMillis = now;
        recorder.retry();
        addressRecorder.retry();
        announcer.pushIfBehind();
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
                unannounced.put(recorded.prefix(), recorded);
                announcer.changed();
            }
            case DRAINING -> {
                confirmed.remove(recorded.prefix());
                draining.put(recorded.prefix(), recorded);
                announcer.changed();
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
            List<Allocation> withdrawn = draining.values().stream()
                    .filter(shard -> !tried.contains(shard.prefix()))
                    .toList();
            for (Allocation shard : withdrawn) {
                draining.remove(shard.prefix());
                allocator.release(ShardKey.of(shard), nowMillis);
            }
        }
    }

    /** Returns the allocator, to be asked; changes are made here. */
    AddressShardAllocator allocator() {
        return allocator;
    }

    /** Returns what is in use and announced. */
    Collection<Allocation> confirmed() {
        return confirmed.values();
    }

    /** Returns what became of the last push to routers. */
    PushOutcome lastPush() {
        return announcer.last();
    }

    /** Returns how many prefixes have changes that the store has not recorded yet. */
    int unrecorded() {
        return recorder.unrecorded() + addressRecorder.unrecorded();
    }

    /** Returns whether somebody else writes to the store, or what it holds is not known: then nothing more is assigned. */
    boolean isFenced() {
        return isFenced;
    }
}
