package io.foreshard.examples.addresses;

import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationListener;
import io.foreshard.addrsharding.spi.AllocationStore;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.StoreContents;
import io.foreshard.addrsharding.spi.StoreLease;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** A store of which it is known how many changes are on their way, so that virtual time can wait for the disk. Any thread. */
final class WatchedStore implements AllocationStore {

    private static final long LIMIT_MILLIS = 30_000;

    private final AllocationStore store;
    private long underWay;
    private long recorded;

    WatchedStore(AllocationStore store) {
        this.store = store;
    }

    @Override
    public CompletionStage<AppendOutcome> append(Allocation next) {
        begin();
        CompletableFuture<AppendOutcome> answer = new CompletableFuture<>();
        // Whatever depends on the answer has begun before the change counts as settled.
        store.append(next).thenAccept(outcome -> {
            answer.complete(outcome);
            end(outcome instanceof AppendOutcome.Committed);
        });
        return answer;
    }

    private synchronized void begin() {
        underWay++;
    }

    private synchronized void end(boolean isRecorded) {
        underWay--;
        recorded += isRecorded ? 1 : 0;
        if (underWay == 0) {
            notifyAll();
        }
    }

    /**
     * Waits until no change is on its way.
     *
     * @throws IllegalStateException if that takes more than half a minute
     */
    synchronized void awaitIdle() throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT_MILLIS * 1_000_000;
        while (underWay > 0) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IllegalStateException(underWay + " changes are not recorded after " + LIMIT_MILLIS + " ms");
            }
            wait(left);
        }
    }

    synchronized boolean isIdle() {
        return underWay == 0;
    }

    /** Returns how many changes were recorded. */
    synchronized long recorded() {
        return recorded;
    }

    @Override
    public CompletionStage<StoreContents> load(Consumer<? super Allocation> each) {
        return store.load(each);
    }

    @Override
    public Watch watch(AllocationListener listener) {
        return store.watch(listener);
    }

    @Override
    public StoreLease lease() {
        return store.lease();
    }

    @Override
    public void close() {
        store.close();
    }
}
