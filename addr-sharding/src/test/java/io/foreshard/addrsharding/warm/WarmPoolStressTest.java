package io.foreshard.addrsharding.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationStatus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WarmPoolStressTest {

    private static final int THREADS = 8;
    private static final int ADDRESSES = 64;
    private static final int ROUNDS = 30_000;

    private final ConcurrentHashMap<Prefix, Long> sequences = new ConcurrentHashMap<>();
    private final AtomicInteger faults = new AtomicInteger();
    private final AtomicInteger handles = new AtomicInteger();
    private final WarmPool pool = new WarmPool("web", Duration.ZERO, 0, () -> 0);

    /** A record, as a journal would keep it: each change must follow the one before. */
    private void record(Allocation change) {
        sequences.compute(change.prefix(), (prefix, sequence) -> {
            boolean isOut = change.status() == AllocationStatus.CONFIRMED;
            boolean follows = change.sequence() == (sequence == null ? 1 : sequence + 1);
            if (!follows || isOut != (change.sequence() % 2 == 1)) {
                faults.incrementAndGet();
            }
            return change.sequence();
        });
    }

    @Test
    void manyThreadsNeverHoldTheSameAddressAndRecordsFollowEachOther() throws Exception {
        long seed = new Random().nextLong();
        pool.add(Prefix.parse("10.64.0.0/24"));
        pool.ready(pool.prepare(ADDRESSES));
        ConcurrentHashMap<Prefix, Allocation> held = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Long>> runs = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                runs.add(threads.submit(worker(held, seed + i)));
            }
            long hits = 0;
            for (Future<Long> run : runs) {
                hits += run.get(30, TimeUnit.SECONDS);
            }
            assertEquals(0, faults.get(), "seed " + seed);
            WarmStatistics last = pool.statistics(0);
            assertEquals(ADDRESSES, last.warm() + last.cooling(), "seed " + seed);
            assertEquals(0, last.inUse(), "seed " + seed);
            assertEquals(hits, last.hits(), "seed " + seed);
            assertTrue(hits > ROUNDS, "hits " + hits + ", seed " + seed);
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<Long> worker(ConcurrentHashMap<Prefix, Allocation> held, long seed) {
        return () -> {
            SplittableRandom random = new SplittableRandom(seed);
            ArrayDeque<Allocation> own = new ArrayDeque<>();
            long hits = 0;
            for (int round = 0; round < ROUNDS; round++) {
                if (random.nextBoolean()
                        && pool.handOut("vm-" + handles.incrementAndGet(), 0) instanceof WarmOutcome.Handed handed) {
                    Allocation address = handed.address();
                    record(address);
                    pool.recorded(address);
                    hits++;
                    own.add(address);
                    faults.addAndGet(held.put(address.prefix(), address) == null ? 0 : 1);
                } else if (!own.isEmpty()) {
                    giveBack(held, own.remove());
                }
            }
            while (!own.isEmpty()) {
                giveBack(held, own.remove());
            }
            return hits;
        };
    }

    private void giveBack(ConcurrentHashMap<Prefix, Allocation> held, Allocation address) {
        faults.addAndGet(held.remove(address.prefix(), address) ? 0 : 1);
        Allocation released = pool.release(address, 0);
        if (released == null) {
            faults.incrementAndGet();
            return;
        }
        record(released);
        pool.released(released);
        faults.addAndGet(pool.release(address, 0) == null ? 0 : 1);
    }
}
