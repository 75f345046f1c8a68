package io.foreshard.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Calls the same code on several threads that start together. */
final class ParallelCalls {

    private ParallelCalls() {}

    /** Returns the result of each thread; fails as the first thread that failed. */
    static <T> List<T> onThreads(int threads, Callable<T> code) throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        CyclicBarrier start = new CyclicBarrier(threads);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(executor.submit(() -> {
                    start.await();
                    return code.call();
                }));
            }
            return results(running);
        } finally {
            executor.shutdownNow();
        }
    }

    private static <T> List<T> results(List<Future<T>> running) throws InterruptedException {
        List<T> results = new ArrayList<>();
        for (Future<T> call : running) {
            try {
                results.add(call.get());
            } catch (ExecutionException failed) {
                throw new AssertionError("a thread failed: " + failed.getCause(), failed.getCause());
            }
        }
        return results;
    }
}
