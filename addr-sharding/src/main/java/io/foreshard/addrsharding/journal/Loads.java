package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.StoreContents;
import io.foreshard.addrsharding.spi.StoreException;
import io.foreshard.addrsharding.spi.StoreFailure;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads all allocations for who asks, one after the other, slice by slice between groups: a commit waits for one slice at most. Any thread
 * may ask; the rest is for one thread at a time.
 */
final class Loads {

    /** Takes about as long as a force. */
    static final int SLICE_RECORDS = 1024;

    static final int MOST_WAITING = 64;

    private final Journal journal;
    private final MpscVarHandleArrayQueue<Load> waiting = new MpscVarHandleArrayQueue<>(MOST_WAITING);
    private @Nullable Running current;

    private record Load(Consumer<? super Allocation> each, CompletableFuture<StoreContents> loaded) {}

    private record Running(Load load, TableReading reading, StoreContents contents) {}

    Loads(Journal journal) {
        this.journal = journal;
    }

    /** Asks; any thread. Returns whether there was room for one more. */
    boolean offer(Consumer<? super Allocation> each, CompletableFuture<StoreContents> loaded) {
        return waiting.offer(new Load(each, loaded));
    }

    /** Returns whether somebody may still wait; any thread. */
    boolean isAsked() {
        return !waiting.isEmpty();
    }

    /** Reads one slice. Returns whether more is to come. */
    boolean step() {
        Running running = current == null ? next() : current;
        if (running == null) {
            return false;
        }
        try {
            if (!running.reading.step(SLICE_RECORDS, running.load.each)) {
                end();
                running.load.loaded.complete(running.contents);
            }
        } catch (RuntimeException thrownByCaller) {
            end();
            running.load.loaded.completeExceptionally(thrownByCaller);
        }
        return current != null || isAsked();
    }

    private @Nullable Running next() {
        Load next = waiting.poll();
        if (next == null) {
            return null;
        }
        AllocationTable table = journal.table();
        StoreContents contents = new StoreContents(
                journal.revision(),
                table.size(),
                table.floor(AllocationKind.SHARD),
                table.floor(AllocationKind.ADDRESS));
        current = new Running(next, table.beginReading(), contents);
        return current;
    }

    private void end() {
        current = null;
        journal.table().endReading();
    }

    /** Fails all. */
    void fail(StoreFailure failure) {
        if (current != null) {
            CompletableFuture<StoreContents> loaded = current.load.loaded;
            end();
            loaded.completeExceptionally(new StoreException(failure));
        }
        for (Load load = waiting.poll(); load != null; load = waiting.poll()) {
            load.loaded.completeExceptionally(new StoreException(failure));
        }
    }
}
