package io.foreshard.stackvirt.engine;

import io.foreshard.stackvirt.spi.StackException;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Carries out what blocks on an executor: one thing after the other for a stack, side by side for several. Safe for use by several threads. */
public final class StackTasks {

    private final Executor executor;
    private final Map<StackId, CompletableFuture<?>> tails = new HashMap<>();

    /**
     * Nothing is to be done yet.
     *
     * @param executor carries it out
     */
    public StackTasks(Executor executor) {
        this.executor = executor;
    }

    /**
     * Carries out a task once all earlier ones of the stack are done, whatever came of them.
     *
     * @param id the stack
     * @param task what to do
     * @return completes with a {@link StackException} if the task throws or the executor refuses it
     * @param <T> what comes of it
     */
    public synchronized <T> CompletableFuture<T> submit(StackId id, Callable<T> task) {
        CompletableFuture<?> before = tails.getOrDefault(id, CompletableFuture.completedFuture(null));
        CompletableFuture<T> outcome = new CompletableFuture<>();
        CompletableFuture<Void> done = begin(before, task, outcome);
        tails.put(id, done);
        done.whenComplete((any, fault) -> forget(id, done));
        return outcome.exceptionallyCompose(fault -> CompletableFuture.failedFuture(typed(id, fault)));
    }

    /**
     * Carries out a task that belongs to no stack.
     *
     * @param task what to do
     * @return as {@link #submit}
     * @param <T> what comes of it
     */
    public <T> CompletableFuture<T> run(Callable<T> task) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        begin(CompletableFuture.completedFuture(null), task, outcome);
        return outcome.exceptionallyCompose(fault -> CompletableFuture.failedFuture(typed("engine", fault)));
    }

    private <T> CompletableFuture<Void> begin(
            CompletableFuture<?> before, Callable<T> task, CompletableFuture<T> outcome) {
        CompletableFuture<Void> done = before.handleAsync((any, fault) -> run(task, outcome), executor);
        // An executor that refuses leaves the task undone, and its stage must not wait for ever.
        done.whenComplete((any, fault) -> {
            if (fault != null) {
                outcome.completeExceptionally(fault);
            }
        });
        return done;
    }

    private static <T> Void run(Callable<T> task, CompletableFuture<T> outcome) {
        try {
            outcome.complete(task.call());
        } catch (Exception fault) {
            outcome.completeExceptionally(fault);
        }
        return null;
    }

    private synchronized void forget(StackId id, CompletableFuture<?> done) {
        tails.remove(id, done);
    }

    private static StackException typed(Object what, Throwable fault) {
        Throwable cause = fault instanceof CompletionException && fault.getCause() != null ? fault.getCause() : fault;
        if (cause instanceof StackException known) {
            return known;
        }
        return new StackException(StackFailure.ENGINE_FAILED, what + ": " + cause, cause);
    }
}
