package io.foreshard.addrsharding.engine;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationStore;
import io.foreshard.addrsharding.spi.AppendOutcome;
import io.foreshard.addrsharding.spi.AppendOutcome.Unavailable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

/**
 * Gives changes to a store, and tries again those that it could not record. Those of one prefix are recorded in their order, and none
 * before all changes of ranges that overlap it: else a crash might leave a range with two owners. Confined to the engine's executor.
 */
final class Recorder {

    /** More would fill the store's queue, at the cost of those who wait for addresses. */
    private static final int MOST_ON_THEIR_WAY = 1000;

    private final AllocationStore store;
    private final Executor executor;
    private final boolean mayOverlap;
    private final BiConsumer<Allocation, AppendOutcome> settled;
    /** Changes that are not recorded yet, by prefix, oldest first. */
    private final Map<Prefix, Queue<Allocation>> waiting = new HashMap<>();
    /** Those of which the first may not be on its way yet. */
    private final Set<Prefix> held = new LinkedHashSet<>();

    private final List<Allocation> failed = new ArrayList<>();
    private int onTheirWay;

    /**
     * Makes a recorder.
     *
     * @param mayOverlap whether prefixes of different length come here
     * @param settled told of every change that is recorded, or never will be
     */
    Recorder(
            AllocationStore store,
            Executor executor,
            boolean mayOverlap,
            BiConsumer<Allocation, AppendOutcome> settled) {
        this.store = store;
        this.executor = executor;
        this.mayOverlap = mayOverlap;
        this.settled = settled;
    }

    void record(Allocation next) {
        Queue<Allocation> queue = waiting.computeIfAbsent(next.prefix(), x -> new ArrayDeque<>(2));
        queue.add(next);
        if (queue.size() == 1) {
            held.add(next.prefix());
            sendHeld();
        }
    }

    private void sendHeld() {
        for (Prefix prefix : List.copyOf(onTheirWay < MOST_ON_THEIR_WAY ? held : Set.of())) {
            Queue<Allocation> queue = waiting.get(prefix);
            if (queue != null && onTheirWay < MOST_ON_THEIR_WAY && !isBehindAnother(prefix)) {
                held.remove(prefix);
                append(queue.element());
            }
        }
    }

    private boolean isBehindAnother(Prefix prefix) {
        return mayOverlap
                && waiting.keySet().stream()
                        .anyMatch(other -> !other.equals(prefix) && !held.contains(other) && other.overlaps(prefix));
    }

    private void append(Allocation next) {
        onTheirWay++;
        StoreCalls.append(store, next).thenAccept(outcome -> executor.execute(() -> settle(next, outcome)));
    }

    private void settle(Allocation next, AppendOutcome outcome) {
        onTheirWay--;
        if (outcome instanceof Unavailable && !StoreCalls.isInDoubt(outcome)) {
            failed.add(next);
            return;
        }
        Queue<Allocation> queue = waiting.getOrDefault(next.prefix(), new ArrayDeque<>());
        queue.poll();
        if (queue.isEmpty()) {
            waiting.remove(next.prefix());
        } else {
            held.add(next.prefix());
        }
        settled.accept(next, outcome);
        sendHeld();
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
