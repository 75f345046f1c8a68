package io.foreshard.flowsharder.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.foreshard.flowsharder.spi.PutOutcome;
import io.foreshard.flowsharder.spi.ShardMap;
import io.foreshard.flowsharder.spi.ShardMapStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class InMemoryShardMapStoreTest {

    private static final long SESSION = 5;
    private final InMemoryShardMapStore store = new InMemoryShardMapStore(2);
    private final ShardMap first = ShardMap.EMPTY.withNodes(Nodes.nodes(3));

    @Test
    void returnsWhatWasStored() {
        assertEquals(ShardMap.EMPTY, now(store.read(SESSION)));
        assertEquals(PutOutcome.STORED, now(store.put(SESSION, 0, first)));
        ShardMap moved = first.withMove(1, Nodes.node(9));
        assertEquals(PutOutcome.STORED, now(store.put(SESSION, first.version(), moved)));
        assertEquals(moved, now(store.read(SESSION)));
        assertEquals(List.of(1), moved.shardsOn("n9"));
        now(store.remove(SESSION));
        assertEquals(ShardMap.EMPTY, now(store.read(SESSION)));
    }

    @Test
    void refusesWhoMissedAChange() {
        now(store.put(SESSION, 0, first));
        assertEquals(PutOutcome.CONFLICT, now(store.put(SESSION, 0, first)));
        assertEquals(first, now(store.read(SESSION)));
    }

    @Test
    void refusesWhoIsOfAnEpochThatIsOver() {
        ShardMap later = first.withNextEpoch();
        now(store.put(SESSION, 0, later));
        ShardMap late = new ShardMap(later.version() + 1, first.epoch(), first.nodes());
        assertEquals(PutOutcome.STALE_EPOCH, now(store.put(SESSION, later.version(), late)));
    }

    @Test
    void holdsNoMoreThanItMay() {
        assertEquals(PutOutcome.STORED, now(store.put(1, 0, first)));
        assertEquals(PutOutcome.STORED, now(store.put(2, 0, first)));
        assertEquals(PutOutcome.FULL, now(store.put(3, 0, first)));
        assertEquals(PutOutcome.STORED, now(store.put(2, 1, first.withNextEpoch())));
    }

    @Test
    void tellsWhoWatchesUntilTheyStop() {
        List<Long> versions = new ArrayList<>();
        store.watch(SESSION, map -> {
            throw new IllegalStateException("listener");
        });
        ShardMapStore.Watch watch = store.watch(SESSION, map -> versions.add(map.version()));
        now(store.put(SESSION, 0, first));
        now(store.put(SESSION, 1, first.withNextEpoch()));
        watch.close();
        watch.close();
        now(store.put(SESSION, 2, first.withNextEpoch().withNextEpoch()));
        assertEquals(List.of(1L, 2L), versions);
    }

    @Test
    void refusesAVersionThatDoesNotRise() {
        assertThrows(IllegalArgumentException.class, () -> store.put(SESSION, 1, first));
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }
}
