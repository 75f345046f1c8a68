package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.spi.StoreFailure;
import io.foreshard.addrsharding.spi.StoreLease;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The lock on the directory, held until the store is closed or in doubt. */
record JournalLease(String holder, CompletableFuture<StoreFailure> end) implements StoreLease {

    @Override
    public boolean isHeld() {
        return !end.isDone();
    }

    @Override
    public CompletionStage<StoreFailure> ended() {
        return end.minimalCompletionStage();
    }
}
