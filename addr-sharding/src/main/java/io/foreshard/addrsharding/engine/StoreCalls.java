package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationStore;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.StoreFailure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Calls of a store, which is to say by outcomes what went wrong. Of one that throws nobody knows whether it has recorded the change. */
final class StoreCalls {

    private StoreCalls() {}

    static CompletionStage<AppendOutcome> append(AllocationStore store, Allocation next) {
        try {
            return store.append(next).exceptionally(failure -> unavailable(failure, true));
        } catch (IllegalArgumentException refused) {
            return CompletableFuture.completedFuture(unavailable(refused, false));
        } catch (RuntimeException failure) {
            return CompletableFuture.completedFuture(unavailable(failure, true));
        }
    }

    private static AppendOutcome unavailable(Throwable failure, boolean inDoubt) {
        return new AppendOutcome.Unavailable(
                StoreFailure.of(StoreFailure.Reason.IO, "append: " + failure + " (expected: an outcome)"), inDoubt);
    }

    static boolean isInDoubt(AppendOutcome outcome) {
        return outcome instanceof AppendOutcome.Unavailable unavailable && unavailable.inDoubt();
    }
}
