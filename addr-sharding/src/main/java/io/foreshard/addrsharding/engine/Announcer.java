package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.PushOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Keeps what routers announce in step with what is confirmed: one push at a time, and one more when something has changed meanwhile.
 * Confined to the engine's executor.
 */
final class Announcer {

    private final Function<Collection<Allocation>, CompletionStage<PushOutcome>> routers;
    private final Supplier<List<Allocation>> confirmed;
    private final Executor executor;
    private final BiConsumer<Set<Prefix>, PushOutcome> pushed;

    private boolean isBehind;
    private boolean isPushing;
    private PushOutcome last = new PushOutcome.Applied();

    /**
     * Makes an announcer.
     *
     * @param routers tells all routers what is confirmed; completes with the worst outcome
     * @param confirmed returns what is to be announced
     * @param pushed told which shards were pushed, and what became of that; if it was applied, routers announce these and no others
     */
    Announcer(
            Function<Collection<Allocation>, CompletionStage<PushOutcome>> routers,
            Supplier<List<Allocation>> confirmed,
            Executor executor,
            BiConsumer<Set<Prefix>, PushOutcome> pushed) {
        this.routers = routers;
        this.confirmed = confirmed;
        this.executor = executor;
        this.pushed = pushed;
    }

    /** Takes that what is confirmed has changed. */
    void changed() {
        isBehind = true;
        pushIfBehind();
    }

    /** Tries again what routers did not take. */
    void pushIfBehind() {
        if (!isBehind || isPushing) {
            return;
        }
        isBehind = false;
        isPushing = true;
        List<Allocation> shards = confirmed.get();
        told(shards).whenComplete((outcome, failure) -> executor.execute(() -> settle(shards, outcome)));
    }

    /** Whatever goes wrong there, the next push is to come. */
    private CompletionStage<PushOutcome> told(List<Allocation> shards) {
        try {
            return routers.apply(shards).exceptionally(failure -> new PushOutcome.Unreachable(failure.toString()));
        } catch (RuntimeException failure) {
            return CompletableFuture.completedFuture(new PushOutcome.Unreachable(failure.toString()));
        }
    }

    private void settle(List<Allocation> shards, PushOutcome outcome) {
        isPushing = false;
        last = outcome;
        boolean isApplied = outcome instanceof PushOutcome.Applied;
        boolean hasChanged = isBehind;
        isBehind |= !isApplied;
        pushed.accept(shards.stream().map(Allocation::prefix).collect(Collectors.toSet()), outcome);
        if (hasChanged) {
            pushIfBehind();
        }
    }

    /** Returns what became of the last push. */
    PushOutcome last() {
        return last;
    }
}
