package io.foreshard.forecast.backtest;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of work that the caller and its helpers take one by one. As the caller works too, it also ends when no helper ever runs.
 */
final class WorkList {

    private final List<Runnable> items;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch left;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    WorkList(List<Runnable> items) {
        this.items = List.copyOf(items);
        left = new CountDownLatch(items.size());
    }

    void run(Executor executor, int helpers) {
        try {
            for (int i = 0; i < helpers; i++) {
                executor.execute(this::drain);
            }
        } catch (RejectedExecutionException e) {
            // Nobody helps: what is left is done right here.
            drain();
        }
        drain();
        awaitHelpers();
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private void drain() {
        for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
            try {
                if (failure.get() == null) {
                    items.get(i).run();
                }
                if (Thread.currentThread().isInterrupted()) {
                    failure.compareAndSet(null, new CancellationException("back-test: interrupted"));
                }
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                left.countDown();
            }
        }
    }

    private void awaitHelpers() {
        boolean interrupted = false;
        while (left.getCount() > 0) {
            try {
                left.await();
            } catch (InterruptedException e) {
                interrupted = true;
                failure.compareAndSet(null, new CancellationException("back-test: interrupted"));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
