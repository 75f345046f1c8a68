package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AppendOutcome;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A change on its way, and the stage that tells what became of it. */
final class Append extends CompletableFuture<AppendOutcome> {

    private final Allocation next;
    private @Nullable AppendOutcome planned;

    Append(Allocation next) {
        this.next = next;
    }

    Allocation next() {
        return next;
    }

    /** Says what becomes of it if its group is recorded. */
    void plan(AppendOutcome outcome) {
        planned = outcome;
    }

    @Nullable
    AppendOutcome planned() {
        return planned;
    }
}
