package io.foreshard.tck;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationChange;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationListener;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.AllocationStore;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.StoreContents;
import io.foreshard.addrsharding.spi.StoreException;
import io.foreshard.addrsharding.spi.StoreFailure;
import io.foreshard.addrsharding.spi.StoreLease;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The simplest store: the disk is a field, and whoever appends is kept waiting. What a test overrides breaks it. */
class MemoryStore implements AllocationStore {

    /** What outlives a store. */
    static class Disk {
        final Map<AllocationKind, Map<Prefix, Allocation>> standing = new EnumMap<>(AllocationKind.class);
        final Map<AllocationKind, Long> floors = new EnumMap<>(AllocationKind.class);
        long revision;
    }

    final Disk disk;
    private final List<AllocationListener> listeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<StoreFailure> ended = new CompletableFuture<>();

    MemoryStore(Disk disk) {
        this.disk = disk;
    }

    @Override
    public synchronized CompletionStage<StoreContents> load(Consumer<? super Allocation> each) {
        if (ended.isDone()) {
            return CompletableFuture.failedFuture(new StoreException(ended.join()));
        }
        disk.standing.values().forEach(all -> all.values().forEach(each));
        long count = disk.standing.values().stream().mapToLong(Map::size).sum();
        return CompletableFuture.completedFuture(
                new StoreContents(disk.revision, count, floor(AllocationKind.SHARD), floor(AllocationKind.ADDRESS)));
    }

    @Override
    public synchronized CompletionStage<AppendOutcome> append(Allocation next) {
        return CompletableFuture.completedFuture(
                ended.isDone() ? new AppendOutcome.Unavailable(ended.join(), false) : record(next));
    }

    private AppendOutcome record(Allocation next) {
        Map<Prefix, Allocation> all = disk.standing.computeIfAbsent(next.kind(), kind -> new TreeMap<>());
        Optional<Allocation> now = Optional.ofNullable(all.get(next.prefix()));
        if (!isExpected(now, next)) {
            return new AppendOutcome.Conflict(now, now.isPresent() ? 0 : floor(next.kind()));
        }
        if (next.status() == AllocationStatus.FREE) {
            all.remove(next.prefix());
            end(next);
        } else {
            all.put(next.prefix(), next);
        }
        AllocationChange change = new AllocationChange(++disk.revision, next, next.sequence() - 1);
        tell(change);
        return new AppendOutcome.Committed(change);
    }

    boolean isExpected(Optional<Allocation> now, Allocation next) {
        return now.map(standing -> next.sequence() == standing.sequence() + 1)
                .orElse(next.sequence() > floor(next.kind()) && next.status() != AllocationStatus.FREE);
    }

    void end(Allocation last) {
        disk.floors.merge(last.kind(), last.sequence(), Math::max);
    }

    void tell(AllocationChange change) {
        for (AllocationListener listener : listeners) {
            try {
                listener.committed(change);
            } catch (RuntimeException itsOwnAffair) {
                // Others are told nevertheless.
            }
        }
    }

    long floor(AllocationKind kind) {
        return disk.floors.getOrDefault(kind, 0L);
    }

    @Override
    public Watch watch(AllocationListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public StoreLease lease() {
        return new StoreLease() {
            @Override
            public String holder() {
                return "this test";
            }

            @Override
            public boolean isHeld() {
                return !ended.isDone();
            }

            @Override
            public CompletionStage<StoreFailure> ended() {
                return ended;
            }
        };
    }

    @Override
    public void close() {
        ended.complete(StoreFailure.of(StoreFailure.Reason.CLOSED, "closed by a test"));
    }
}
