package io.foreshard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReasonCountersTest {

    private enum Drop implements Reason {
        TOO_OLD,
        TOO_LARGE,
        FORGED;

        @Override
        public String operatorAction() {
            return "Look at the sender.";
        }
    }

    @Test
    void countsEachReasonAndTellsTheObserver() {
        List<String> told = new ArrayList<>();
        ReasonCounters<Drop> counters =
                new ReasonCounters<>(Drop.class, (reason, amount) -> told.add(reason.name() + " " + amount));
        counters.count(Drop.TOO_OLD);
        counters.count(Drop.FORGED, 5);
        counters.count(Drop.TOO_OLD);
        assertEquals(2, counters.get(Drop.TOO_OLD));
        assertEquals(0, counters.get(Drop.TOO_LARGE));
        assertEquals(7, counters.total());
        assertEquals(List.of("TOO_OLD 1", "FORGED 5", "TOO_OLD 1"), told);
    }

    @Test
    void countsNothingWhenTheAmountIsNotPositive() {
        List<Reason> told = new ArrayList<>();
        ReasonCounters<Drop> counters = new ReasonCounters<>(Drop.class, (reason, amount) -> told.add(reason));
        counters.count(Drop.FORGED, 0);
        counters.count(Drop.FORGED, -3);
        assertEquals(0, counters.total());
        assertEquals(List.of(), told);
    }

    @Test
    void swallowsAndCountsWhatTheObserverThrows() {
        ReasonCounters<Drop> counters = new ReasonCounters<>(Drop.class, (reason, amount) -> {
            if (reason == Drop.TOO_OLD) {
                throw new NoClassDefFoundError("metrics");
            }
            throw new IllegalStateException("broken observer");
        });
        counters.count(Drop.TOO_OLD);
        counters.count(Drop.FORGED, 4);
        assertEquals(5, counters.total());
        assertEquals(2, counters.observerFailures());
    }

    @Test
    void snapshotsAllReasonsInOrderAndDoesNotChangeAfterwards() {
        ReasonCounters<Drop> counters = new ReasonCounters<>(Drop.class, EngineObserver.NOOP);
        counters.count(Drop.FORGED, 2);
        Map<Drop, Long> snapshot = counters.snapshot();
        counters.count(Drop.FORGED);
        assertEquals(Map.of(Drop.TOO_OLD, 0L, Drop.TOO_LARGE, 0L, Drop.FORGED, 2L), snapshot);
        assertEquals(List.of(Drop.values()), List.copyOf(snapshot.keySet()));
        assertThrows(UnsupportedOperationException.class, () -> snapshot.put(Drop.FORGED, 0L));
    }

    @Test
    void showsAnotherThreadCountersThatOnlyGrow() throws InterruptedException {
        ReasonCounters<Drop> counters = new ReasonCounters<>(Drop.class, EngineObserver.NOOP);
        int counts = 200_000;
        Thread owner = new Thread(() -> {
            for (int i = 0; i < counts; i++) {
                counters.count(Drop.FORGED);
            }
        });
        owner.start();
        long last = 0;
        while (last < counts && owner.isAlive()) {
            long seen = counters.get(Drop.FORGED);
            assertTrue(seen >= last);
            last = seen;
        }
        owner.join();
        assertEquals(counts, counters.snapshot().get(Drop.FORGED));
    }
}
