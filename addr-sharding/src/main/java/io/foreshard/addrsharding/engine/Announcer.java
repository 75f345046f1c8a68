package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.PushOutcome;
import io.foreshard.coreapi.EngineObserver;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what routers announce in step with what is confirmed: one push at a time, and one more when something has changed meanwhile. One
 * that is not answered in time counts as not applied, and its answer no more. Confined to the engine's executor.
 */
final class Announcer {

    private final Function<Collection<Allocation>, CompletionStage<PushOutcome>> routers;
    private final Supplier<List<Allocation>> confirmed;
    private final TimedCall<PushOutcome> call;
    private final EngineObserver observer;
    private final BiConsumer<Set<Prefix>, PushOutcome> pushed;

    private boolean isBehind;

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
            TimedCall<PushOutcome> call,
            EngineObserver observer,
            BiConsumer<Set<Prefix>, PushOutcome> pushed) {
        this.routers = routers;
        this.confirmed = confirmed;
        this.call = call;
        this.observer = observer;
        this.pushed = pushed;
    }

    /** Takes that what is confirmed has changed. */
    void changed() {
        isBehind = true;
        pushIfBehind();
    }

    /** Gives up a push that is not answered, and tries again what routers did not take. */
    void look(long nowMillis) {
        call.look(nowMillis);
        pushIfBehind();
    }

    private void pushIfBehind() {
        if (isBehind && !call.isOpen()) {
            isBehind = false;
            List<Allocation> shards = confirmed.get();
            call.begin(() -> routers.apply(shards), (outcome, failure) -> settle(shards, outcome, failure));
        }
    }

    /** Whatever goes wrong there, the next push is to come. */
    private void settle(List<Allocation> shards, @Nullable PushOutcome outcome, @Nullable Throwable failure) {
        PushOutcome became = outcome != null
                ? outcome
                : PushOutcome.failed(
                        failure != null ? failure : new IllegalStateException("outcome: none (expected: one)"));
        boolean hasChanged = isBehind;
        isBehind |= !(became instanceof PushOutcome.Applied);
        pushed.accept(shards.stream().map(Allocation::prefix).collect(Collectors.toSet()), became);
        if (hasChanged) {
            pushIfBehind();
        }
        if (failure instanceof TimeoutException) {
            observer.count(EngineReason.PUSH_TIMED_OUT, 1);
        }
    }
}
