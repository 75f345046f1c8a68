package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationStore;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.AppendOutcome.Unavailable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * Gives changes of shards to a store, those of one prefix in their order, and tries again those that it could not record. What became of
 * others, such as handed out addresses, is their business. Confined to the engine's executor.
 */
final class Recorder {

    private final AllocationStore store;
    private final Executor executor;
    private final BiConsumer<Allocation, AppendOutcome> settled;
    /** Changes that are not recorded yet, by prefix, oldest first; only the first of each is on its way. */
    private final Map<Prefix, Queue<Allocation>> waiting = new HashMap<>();

    private final List<Allocation> failed = new ArrayList<>();

    /**
     * Makes a recorder.
     *
     * @param settled told of every change that is recorded, or never will be
     */
    Recorder(AllocationStore store, Executor executor, BiConsumer<Allocation, AppendOutcome> settled) {
        this.store = store;
        this.executor = executor;
        this.settled = settled;
    }

    void record(Allocation next) {
        Queue<Allocation> before = waiting.get(next.prefix());
        if (before == null) {
            before = new ArrayDeque<>(2);
            waiting.put(next.prefix(), before);
            before.add(next);
            append(next);
        } else {
            before.add(next);
        }
    }

    private void append(Allocation next) {
        store.append(next).thenAcceptAsync(outcome -> settle(next, outcome), executor);
    }

    private void settle(Allocation next, AppendOutcome outcome) {
        if (outcome instanceof Unavailable unavailable && !unavailable.inDoubt()) {
            failed.add(next);
            return;
        }
        advance(next.prefix());
        settled.accept(next, outcome);
    }

    private void advance(Prefix prefix) {
        Queue<Allocation> queue = waiting.getOrDefault(prefix, new ArrayDeque<>());
        queue.poll();
        Allocation following = queue.peek();
        if (following == null) {
            waiting.remove(prefix);
        } else {
            append(following);
        }
    }

    /** Tries again what the store could not record. */
    void retry() {
        List<Allocation> again = List.copyOf(failed);
        failed.clear();
        again.forEach(this::append);
    }

    /** Returns how many prefixes have changes that are not recorded. */
    int unrecorded() {
        return waiting.size();
    }
}
