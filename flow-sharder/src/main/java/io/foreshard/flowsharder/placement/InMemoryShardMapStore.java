package io.foreshard.flowsharder.placement;

import io.foreshard.flowsharder.spi.PutOutcome;
import io.foreshard.flowsharder.spi.ShardMap;
import io.foreshard.flowsharder.spi.ShardMapStore;
import io.foreshard.runtime.Checks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Keeps shard maps in this process, up to a number. Answers at once; listeners are called by who puts, one change after the other.
 */
public final class InMemoryShardMapStore implements ShardMapStore {

    private final int capacity;
    private final Map<Long, ShardMap> maps = new HashMap<>();
    private final Map<Long, List<Listener>> listeners = new HashMap<>();

    /**
     * Makes an empty store.
     *
     * @param capacity how many maps it holds, above 0
     * @throws IllegalArgumentException if it is not
     */
    public InMemoryShardMapStore(int capacity) {
        this.capacity = Checks.positive("capacity", capacity);
    }

    @Override
    public synchronized CompletionStage<ShardMap> read(long session) {
        return CompletableFuture.completedFuture(current(session));
    }

    private ShardMap current(long session) {
        return maps.getOrDefault(session, ShardMap.EMPTY);
    }

    @Override
    public synchronized CompletionStage<PutOutcome> put(long session, long expectedVersion, ShardMap map) {
        Checks.require(map.version() > expectedVersion, "version", map.version(), "> " + expectedVersion);
        PutOutcome outcome = judge(current(session), expectedVersion, map);
        if (outcome == PutOutcome.STORED) {
            maps.put(session, map);
            List.copyOf(listeners.getOrDefault(session, List.of())).forEach(listener -> tell(listener, map));
        }
        return CompletableFuture.completedFuture(outcome);
    }

    private PutOutcome judge(ShardMap stored, long expectedVersion, ShardMap map) {
        if (map.epoch() < stored.epoch()) {
            return PutOutcome.STALE_EPOCH;
        }
        if (stored.version() != expectedVersion) {
            return PutOutcome.CONFLICT;
        }
        return stored.version() == 0 && maps.size() == capacity ? PutOutcome.FULL : PutOutcome.STORED;
    }

    private static void tell(Listener listener, ShardMap map) {
        try {
            listener.consumer.accept(map);
        } catch (RuntimeException fault) {
            // What is stored is stored; who listens has been told in the interface.
            return;
        }
    }

    @Override
    public synchronized CompletionStage<Void> remove(long session) {
        maps.remove(session);
        listeners.remove(session);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized Watch watch(long session, Consumer<ShardMap> listener) {
        Listener registered = new Listener(session, listener);
        listeners.computeIfAbsent(session, x -> new ArrayList<>()).add(registered);
        return registered;
    }

    private synchronized void end(Listener registered) {
        listeners.computeIfPresent(registered.session, (session, all) -> {
            all.remove(registered);
            return all.isEmpty() ? null : all;
        });
    }

    /** One of its own for each call, so that whoever listens twice ends one at a time. */
    private final class Listener implements Watch {

        private final long session;
        private final Consumer<ShardMap> consumer;

        Listener(long session, Consumer<ShardMap> consumer) {
            this.session = session;
            this.consumer = consumer;
        }

        @Override
        public void close() {
            end(this);
        }
    }
}
