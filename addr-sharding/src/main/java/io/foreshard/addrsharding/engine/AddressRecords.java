package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationStore;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.AppendOutcome.Committed;
import io.foreshard.addrsharding.spi.AppendOutcome.Conflict;
import io.foreshard.addrsharding.spi.AppendOutcome.Unavailable;
import io.foreshard.addrsharding.warm.HandOut.Handed;
import io.foreshard.addrsharding.warm.WarmPool;
import io.foreshard.coreapi.EngineObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Records what becomes of addresses, tells who asked once that is durable, and undoes what is not. An address of which that is not known stays
 * with nobody until the store is opened again. Any thread.
 */
final class AddressRecords {

    private final AllocationStore store;
    private final EngineObserver observer;
    /** The highest sequence that an address had whose shard is gone. */
    private final AtomicLong floor = new AtomicLong();

    AddressRecords(AllocationStore store, EngineObserver observer) {
        this.store = store;
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
        store.append(given).whenComplete((outcome, failure) -> {
            if (outcome instanceof Committed) {
                pool.recorded(given);
                answer.complete(new HandOut.Given(given));
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
        } else if (!isInDoubt(outcome)) {
            pool.undo(given);
        }
    }

    CompletionStage<Release> released(WarmPool pool, Allocation released) {
        return store.append(released).thenApply(outcome -> {
            if (outcome instanceof Committed) {
                pool.released(released);
                return new Release.Done(released);
            }
            if (!isInDoubt(outcome)) {
                pool.undoRelease(released);
            }
            observer.count(HandOutReason.STORE_AWAY, 1);
            return new Release.Refused(HandOutReason.STORE_AWAY);
        });
    }

    /** Takes that an address is to be nobody's, as its shard is given back. */
    void ended(Allocation free) {
        floor.accumulateAndGet(free.sequence(), Math::max);
    }

    void refuse(CompletableFuture<HandOut> answer, HandOutReason reason) {
        answer.complete(new HandOut.Refused(reason));
        observer.count(reason, 1);
    }

    private static boolean isInDoubt(AppendOutcome outcome) {
        return outcome instanceof Unavailable unavailable && unavailable.inDoubt();
    }
}
