package io.foreshard.addrsharding.engine;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call at a time to somebody who may throw, fail, or never answer. An answer that comes too late is ignored. Time begins with the first
 * look after the call, as nobody tells the time in between. Confined to the engine's executor.
 */
final class TimedCall<T> {

    private static final long NOT_YET = Long.MIN_VALUE;

    private final Executor executor;
    private final long limitMillis;
    private long generation;
    private long sinceMillis;
    private @Nullable BiConsumer<@Nullable T, @Nullable Throwable> settled;

    TimedCall(Executor executor, long limitMillis) {
        this.executor = executor;
        this.limitMillis = limitMillis;
    }

    boolean isOpen() {
        return settled != null;
    }

    /**
     * Calls.
     *
     * @param then told once: what came, or why nothing did
     */
    void begin(
            Supplier<? extends CompletionStage<? extends T>> call, BiConsumer<@Nullable T, @Nullable Throwable> then) {
        long called = ++generation;
        sinceMillis = NOT_YET;
        settled = then;
        stage(call)
                .whenComplete((value, failure) -> executor.execute(() -> {
                    if (called == generation) {
                        settle(value, failure);
                    }
                }));
    }

    private static <T> CompletionStage<? extends T> stage(Supplier<? extends CompletionStage<? extends T>> call) {
        try {
            return Objects.requireNonNull(call.get(), "no stage");
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private void settle(@Nullable T value, @Nullable Throwable failure) {
        BiConsumer<@Nullable T, @Nullable Throwable> told = settled;
        settled = null;
        if (told != null) {
            told.accept(value, failure);
        }
    }

    /** Gives up a call that has not been answered for too long. */
    void look(long nowMillis) {
        if (!isOpen()) {
            return;
        }
        if (sinceMillis == NOT_YET) {
            sinceMillis = nowMillis;
        } else if (nowMillis - sinceMillis >= limitMillis) {
            generation++;
            settle(null, new TimeoutException("answer: none (expected: within " + limitMillis + " ms)"));
        }
    }
}
