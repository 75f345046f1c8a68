package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationChange;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationListener;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.AllocationStore;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.StoreContents;
import io.foreshard.addrsharding.spi.StoreFailure;
import io.foreshard.addrsharding.spi.StoreLease;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A store in memory, that acknowledges when it is told to, or fails. */
final class MemoryStore implements AllocationStore {

    private final Map<AllocationKind, Map<Prefix, Allocation>> standing = new EnumMap<>(AllocationKind.class);
    private final Map<AllocationKind, Long> floors = new EnumMap<>(AllocationKind.class);
    private final Deque<Runnable> held = new ArrayDeque<>();
    final List<Allocation> changes = new ArrayList<>();
    private long revision;
    boolean holds;
    boolean isAway;

    MemoryStore() {
        for (AllocationKind kind : AllocationKind.values()) {
            standing.put(kind, new TreeMap<>());
            floors.put(kind, 0L);
        }
    }

    @Override
    public CompletionStage<StoreContents> load(Consumer<? super Allocation> each) {
        standing.values().forEach(all -> all.values().forEach(each));
        long count = standing.values().stream().mapToLong(Map::size).sum();
        return CompletableFuture.completedFuture(new StoreContents(
                revision, count, floors.get(AllocationKind.SHARD), floors.get(AllocationKind.ADDRESS)));
    }

    @Override
    public CompletionStage<AppendOutcome> append(Allocation next) {
        CompletableFuture<AppendOutcome> outcome = new CompletableFuture<>();
        Runnable commit = () -> outcome.complete(commit(next));
        if (holds) {
            held.add(commit);
        } else {
            commit.run();
        }
        return outcome;
    }

    /** Records what was held back. */
    void flush() {
        while (!held.isEmpty()) {
            held.remove().run();
        }
    }

    /** Loses what was held back, as a crash does. */
    void forget() {
        held.clear();
    }

    private AppendOutcome commit(Allocation next) {
        if (isAway) {
            return new AppendOutcome.Unavailable(StoreFailure.of(StoreFailure.Reason.IO, "away"), false);
        }
        Map<Prefix, Allocation> all = standing.get(next.kind());
        Allocation before = all.get(next.prefix());
        long floor = floors.get(next.kind());
        boolean isExpected = before == null
                ? next.sequence() > floor && next.status() != AllocationStatus.FREE
                : next.sequence() == before.sequence() + 1;
        if (!isExpected) {
            return new AppendOutcome.Conflict(Optional.ofNullable(before), floor);
        }
        if (next.status() == AllocationStatus.FREE) {
            all.remove(next.prefix());
            floors.merge(next.kind(), next.sequence(), Math::max);
        } else {
            all.put(next.prefix(), next);
        }
        changes.add(next);
        return new AppendOutcome.Committed(new AllocationChange(++revision, next, next.sequence() - 1));
    }

    List<Allocation> standing(AllocationKind kind) {
        return List.copyOf(standing.get(kind).values());
    }

    @Override
    public Watch watch(AllocationListener listener) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StoreLease lease() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        held.clear();
    }
}
