package io.foreshard.flowsharder.edge;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Waits for the answers of several event loops.
 *
 * @param <T> of which each gives some
 */
final class Gathering<T> {

    private final Promise<List<T>> whole = ImmediateEventExecutor.INSTANCE.newPromise();
    private final List<Future<List<T>>> parts;
    private final AtomicInteger missing;

    Gathering(List<Future<List<T>>> parts) {
        this.parts = List.copyOf(parts);
        missing = new AtomicInteger(parts.size());
        if (parts.isEmpty()) {
            whole.setSuccess(List.of());
        }
        this.parts.forEach(part -> part.addListener(done -> arrived()));
    }

    private void arrived() {
        if (missing.decrementAndGet() > 0) {
            return;
        }
        List<T> all = new ArrayList<>();
        for (Future<List<T>> part : parts) {
            if (part.isSuccess()) {
                all.addAll(part.getNow());
            }
        }
        whole.setSuccess(all);
    }

    Future<List<T>> future() {
        return whole;
    }
}
