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

    private final ConcurrentHashMap<Prefix, Long> owners = new ConcurrentHashMap<>();
    private final AtomicInteger faults = new AtomicInteger();

    /** A record, as a journal would keep it: each change must follow the one before. */
    private void record(Allocation change) {
        owners.compute(change.prefix(), (prefix, sequence) -> {
            boolean out = change.status() == AllocationStatus.CONFIRMED;
            boolean follows = change.sequence() == (sequence == null ? 1 : sequence + 1);
            if (!follows || out != (change.sequence() % 2 == 1)) {
                faults.incrementAndGet();
            }
            return change.sequence();
        });
    }

    @Test
    void manyThreadsNeverHoldTheSameAddressAndRecordsFollowEachOther() throws Exception {
        long seed = new Random().nextLong();
        WarmPool pool = new WarmPool("web", Duration.ZERO, 0, this::record);
        pool.warm(pool.add(Prefix.parse("10.64.0.0/24")), ADDRESSES);
        ConcurrentHashMap<Prefix, Lease> held = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Long>> runs = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                runs.add(threads.submit(worker(pool, held, seed + i)));
            }
            long hits = 0;
            for (Future<Long> run : runs) {
                hits += run.get(30, TimeUnit.SECONDS);
            }
            assertEquals(0, faults.get(), "seed " + seed);
            assertEquals(
                    new WarmStatistics(
                            ADDRESSES,
                            0,
                            0,
                            hits,
                            pool.statistics().misses(),
                            0,
                            pool.statistics().lateReleases()),
                    pool.statistics(),
                    "seed " + seed);
            assertTrue(hits > ROUNDS, "hits " + hits + ", seed " + seed);
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<Long> worker(WarmPool pool, ConcurrentHashMap<Prefix, Lease> held, long seed) {
        return () -> {
            SplittableRandom random = new SplittableRandom(seed);
            ArrayDeque<Lease> own = new ArrayDeque<>();
            long hits = 0;
            for (int round = 0; round < ROUNDS; round++) {
                if (random.nextBoolean() && pool.handOut("vm", 0) instanceof Lease lease) {
                    hits++;
                    own.add(lease);
                    faults.addAndGet(held.put(lease.address(), lease) == null ? 0 : 1);
                } else if (!own.isEmpty()) {
                    giveBack(pool, held, own.remove());
                }
            }
            while (!own.isEmpty()) {
                giveBack(pool, held, own.remove());
            }
            return hits;
        };
    }

    private void giveBack(WarmPool pool, ConcurrentHashMap<Prefix, Lease> held, Lease lease) {
        faults.addAndGet(held.remove(lease.address()) == lease ? 0 : 1);
        faults.addAndGet(pool.release(lease, 0) == ReleaseOutcome.RELEASED ? 0 : 1);
        faults.addAndGet(pool.release(lease, 0) == ReleaseOutcome.RELEASED_BEFORE ? 0 : 1);
    }
}
