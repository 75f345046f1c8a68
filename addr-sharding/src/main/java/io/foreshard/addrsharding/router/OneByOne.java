package io.foreshard.addrsharding.router;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** Does blocking work on an executor, one piece after another in the order in which it came; a bounded number of pieces waits. */
final class OneByOne {

    private static final int MOST_WAITING = 64;

    private final Executor executor;
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
    private int waiting;

    OneByOne(Executor executor) {
        this.executor = executor;
    }

    /**
     * Does something later.
     *
     * @param work blocks
     * @param instead makes the outcome of a reason where the work is not done or fails unforeseen
     */
    synchronized <T> CompletionStage<T> later(Supplier<T> work, Function<String, T> instead) {
        if (waiting == MOST_WAITING) {
            return CompletableFuture.completedFuture(
                    instead.apply("waiting: " + waiting + " (expected: fewer, as the router does not keep up)"));
        }
        waiting++;
        CompletableFuture<T> result;
        try {
            result = last.handleAsync((before, failure) -> work.get(), executor)
                    .exceptionally(failure -> instead.apply(failure.toString()));
        } catch (RuntimeException refused) {
            result = CompletableFuture.completedFuture(instead.apply("executor: " + refused));
        }
        last = result;
        CompletableFuture<T> handedOut = result;
        return handedOut.whenComplete((outcome, failure) -> over());
    }

    private synchronized void over() {
        waiting--;
    }
}
