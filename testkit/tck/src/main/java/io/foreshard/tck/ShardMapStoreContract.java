package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.PutOutcome;
import io.foreshard.flowsharder.spi.ShardMap;
import io.foreshard.flowsharder.spi.ShardMapStore;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What the flow sharder relies on in a {@link ShardMapStore}. A test class implements {@link #store()} and inherits the tests.
 */
public interface ShardMapStoreContract {

    /** How long an answer may take, in seconds. */
    long SECONDS = 10;

    /**
     * Returns the store under test; called once per test.
     *
     * @return an empty one
     */
    ShardMapStore store();

    /** What was put is read, and nothing else. */
    @Test
    default void readsWhatWasPut() {
        ShardMapStore store = store();
        assertEquals(ShardMap.EMPTY, get(store.read(7)));
        ShardMap map = ShardMap.EMPTY.withNodes(List.of(Node.direct()));
        assertEquals(PutOutcome.STORED, get(store.put(7, 0, map)));
        assertEquals(map, get(store.read(7)));
        assertEquals(ShardMap.EMPTY, get(store.read(8)));
        get(store.remove(7));
        assertEquals(ShardMap.EMPTY, get(store.read(7)));
    }

    /** Of two who put at the same time one is told so. */
    @Test
    default void refusesWhatRestsOnAnOldMap() {
        ShardMapStore store = store();
        ShardMap first = ShardMap.EMPTY.withNodes(List.of(Node.direct()));
        ShardMap second = first.withNodes(List.of());
        assertEquals(PutOutcome.STORED, get(store.put(1, 0, first)));
        assertEquals(PutOutcome.CONFLICT, get(store.put(1, 0, second)));
        assertEquals(PutOutcome.STORED, get(store.put(1, first.version(), second)));
        assertEquals(second, get(store.read(1)));
    }

    /** Who was replaced may change nothing any more. */
    @Test
    default void refusesWhoWasReplaced() {
        ShardMapStore store = store();
        ShardMap old = ShardMap.EMPTY.withNodes(List.of(Node.direct()));
        ShardMap taken = old.withNextEpoch();
        get(store.put(1, 0, old));
        assertEquals(PutOutcome.STORED, get(store.put(1, old.version(), taken)));
        ShardMap zombie = new ShardMap(taken.version() + 1, old.epoch(), List.of());
        assertEquals(PutOutcome.STALE_EPOCH, get(store.put(1, taken.version(), zombie)));
        assertEquals(taken, get(store.read(1)));
    }

    /** A map's version is above the one that it replaces. */
    @Test
    default void refusesAVersionThatDoesNotRise() {
        ShardMapStore store = store();
        assertThrows(IllegalArgumentException.class, () -> store.put(1, 0, ShardMap.EMPTY));
    }

    /** The newest map is told at last. */
    @Test
    default void tellsOfChanges() throws InterruptedException {
        ShardMapStore store = store();
        BlockingQueue<ShardMap> told = new LinkedBlockingQueue<>();
        ShardMap map = ShardMap.EMPTY.withNodes(List.of(Node.direct()));
        ShardMapStore.Watch watch = store.watch(1, told::add);
        get(store.put(1, 0, map));
        assertEquals(map, told.poll(SECONDS, TimeUnit.SECONDS));
        watch.close();
        watch.close();
        get(store.put(1, map.version(), map.withNodes(List.of())));
        assertEquals(0, told.size());
    }

    private static <T> T get(CompletionStage<T> answer) {
        return answer.toCompletableFuture().orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }
}
