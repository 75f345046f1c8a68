package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationStore;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.AppendOutcome.Committed;
import io.foreshard.addrsharding.spi.AppendOutcome.Conflict;
import io.foreshard.addrsharding.warm.WarmOutcome.Handed;
import io.foreshard.addrsharding.warm.WarmPool;
import io.foreshard.coreapi.EngineObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Records what becomes of addresses, tells who asked once that is durable, and undoes what is not. An address of which that is not known stays
 * with nobody until the store is opened again. Any thread; whoever asked is told on an executor of its own, as it might hold up the store.
 */
final class AddressRecords {

    private final AllocationStore store;
    private final Executor callbacks;
    private final EngineObserver observer;
    /** The highest sequence that an address had whose shard is gone. */
    private final AtomicLong floor = new AtomicLong();

    AddressRecords(AllocationStore store, Executor callbacks, EngineObserver observer) {
        this.store = store;
        this.callbacks = callbacks;
        this.observer = observer;
    }

    void begin(long recordedFloor) {
        floor.set(recordedFloor);
    }

    long floor() {
        return floor.get();
    }

    void handedOut(WarmPool pool, Handed handed, CompletableFuture<HandOut> answer) {
        Allocation given = handed.address();
        if (!handed.isNew()) {
            answer.complete(new HandOut.Given(given));
            return;
        }
        StoreCalls.append(store, given).thenAccept(outcome -> {
            if (outcome instanceof Committed) {
                pool.recorded(given);
                tell(answer, new HandOut.Given(given));
            } else {
                notRecorded(pool, given, outcome);
                refuse(answer, HandOutReason.STORE_AWAY);
            }
        });
    }

    /** What somebody else has in the records is kept aside, and so is what may yet turn out to be recorded. */
    private static void notRecorded(WarmPool pool, Allocation given, AppendOutcome outcome) {
        if (outcome instanceof Conflict conflict && conflict.standing().isPresent()) {
            pool.setAside(given);
        } else if (!StoreCalls.isInDoubt(outcome)) {
            pool.undo(given);
        }
    }

    CompletionStage<Release> released(WarmPool pool, Allocation released) {
        CompletableFuture<Release> answer = new CompletableFuture<>();
        StoreCalls.append(store, released).thenAccept(outcome -> {
            if (outcome instanceof Committed) {
                pool.released(released);
                tell(answer, new Release.Done(released));
                return;
            }
            if (!StoreCalls.isInDoubt(outcome)) {
                pool.undoRelease(released);
            }
            observer.count(HandOutReason.STORE_AWAY, 1);
            tell(answer, new Release.Refused(HandOutReason.STORE_AWAY));
        });
        return answer;
    }

    /** Takes that an address is to be nobody's, as its shard is given back. */
    void ended(Allocation free) {
        floor.accumulateAndGet(free.sequence(), Math::max);
    }

    void refuse(CompletableFuture<HandOut> answer, HandOutReason reason) {
        observer.count(reason, 1);
        tell(answer, new HandOut.Refused(reason));
    }

    /** Who shut the executor down is told all the same. */
    private <T> void tell(CompletableFuture<T> answer, T what) {
        try {
            callbacks.execute(() -> answer.complete(what));
        } catch (RejectedExecutionException shutDown) {
            answer.complete(what);
        }
    }
}
