package io.foreshard.jmh.addresses;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.warm.WarmOutcome;
import io.foreshard.addrsharding.warm.WarmPool;
import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * How long it takes until a warm address is handed out: by how many of the pool are in use, and when ten thousand are asked for at once by many threads. And how much memory
 * a warm address takes.
 */
final class WarmHandoutContest implements Contest {

    private static final String NAME = "warm-handout";
    private static final Target FAST = Target.atMost(5);
    private static final Target LEVEL = Target.atMost(1.5);
    private static final Target BURST = Target.atMost(100);
    private static final Target SMALL = Target.atMost(24);
    private static final int ADDRESSES = 1_000_000;
    private static final int SAMPLES = 400_000;
    private static final int QUICK_SAMPLES = 100_000;
    private static final int WARM_UP = 200_000;
    private static final int BURST_REQUESTS = 10_000;
    private static final int BURST_THREADS = 64;
    private static final int BURST_ROUNDS = 11;
    private static final int TURNS = 5;

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws InterruptedException {
        settings.say(NAME);
        int samples = settings.quick() ? QUICK_SAMPLES : SAMPLES;
        double[] full = micros(0.95, samples);
        figures.accept(new Figure(
                NAME,
                percentile(full, 0.99),
                "us-p99",
                FAST,
                List.of(Peer.of("p50", percentile(full, 0.5)), Peer.of("p99.9", percentile(full, 0.999)))));
        figures.accept(growth(samples));
        figures.accept(burst());
        figures.accept(memory());
    }

    private static WarmPool pool() {
        WarmPool pool = new WarmPool("contest", Duration.ZERO, 0, () -> 0);
        pool.add(Prefix.parse("10.0.0.0/12"));
        pool.ready(pool.prepare(ADDRESSES));
        return pool;
    }

    /** Returns the addresses that are out then. */
    private static ArrayDeque<Allocation> filled(WarmPool pool, double share) {
        ArrayDeque<Allocation> out = new ArrayDeque<>();
        for (int i = 0; i < share * ADDRESSES; i++) {
            out.add(given(pool, pool.handOut("first-" + i, 0)));
        }
        return out;
    }

    private static Allocation given(WarmPool pool, WarmOutcome handOut) {
        Allocation address = ((WarmOutcome.Handed) handOut).address();
        pool.recorded(address);
        return address;
    }

    private static void giveBack(WarmPool pool, Allocation address) {
        pool.released(Objects.requireNonNull(pool.release(address, 0), address::toString));
    }

    /** One address is given back for each that is handed out, so that the pool stays as full. */
    private static double[] micros(double share, int samples) {
        WarmPool pool = pool();
        ArrayDeque<Allocation> out = filled(pool, share);
        double[] micros = new double[samples];
        for (int i = -WARM_UP; i < samples; i++) {
            giveBack(pool, out.remove());
            String handle = "vm-" + i;
            long begin = System.nanoTime();
            WarmOutcome handOut = pool.handOut(handle, 0);
            long took = System.nanoTime() - begin;
            out.add(given(pool, handOut));
            if (i >= 0) {
                micros[i] = took / 1e3;
            }
        }
        Arrays.sort(micros);
        return micros;
    }

    /** The mean of handing out and giving back, the better of a few turns each, which take turns. */
    private static Figure growth(int samples) {
        double half = Double.POSITIVE_INFINITY;
        double full = Double.POSITIVE_INFINITY;
        for (int turn = 0; turn < TURNS; turn++) {
            half = Math.min(half, nanosEach(0.5, samples));
            full = Math.min(full, nanosEach(0.95, samples));
        }
        return new Figure(
                NAME + ".growth",
                full / half,
                "of-half-full",
                LEVEL,
                List.of(Peer.of("half-full-ns", half), Peer.of("ns", full)));
    }

    private static double nanosEach(double share, int samples) {
        WarmPool pool = pool();
        ArrayDeque<Allocation> out = filled(pool, share);
        long begin = System.nanoTime();
        for (int i = 0; i < samples; i++) {
            giveBack(pool, out.remove());
            out.add(given(pool, pool.handOut("vm-" + i, 0)));
        }
        return (double) (System.nanoTime() - begin) / samples;
    }

    private static double percentile(double[] sorted, double level) {
        return sorted[(int) Math.ceil(level * sorted.length) - 1];
    }

    private static Figure burst() throws InterruptedException {
        double[] millis = new double[BURST_ROUNDS];
        long hits = 0;
        ExecutorService threads = Executors.newFixedThreadPool(BURST_THREADS);
        try {
            for (int round = 0; round < BURST_ROUNDS; round++) {
                WarmPool pool = pool();
                long begin = burst(pool, threads);
                millis[round] = (System.nanoTime() - begin) / 1e6;
                hits += pool.statistics(0).hits();
            }
        } catch (ExecutionException e) {
            return Figure.open(NAME + ".burst", "ms", BURST, Peer.skipped("burst", String.valueOf(e.getCause())));
        } finally {
            threads.shutdownNow();
        }
        Arrays.sort(millis);
        return new Figure(
                NAME + ".burst",
                millis[BURST_ROUNDS / 2],
                "ms-for-10000",
                BURST,
                List.of(
                        Peer.of("worst", millis[BURST_ROUNDS - 1]),
                        Peer.of("threads", BURST_THREADS),
                        Peer.of("hit-rate", (double) hits / BURST_ROUNDS / BURST_REQUESTS)));
    }

    /** Returns when all threads had been let go. */
    private static long burst(WarmPool pool, ExecutorService threads) throws InterruptedException, ExecutionException {
        long[] begin = new long[1];
        CyclicBarrier start = new CyclicBarrier(BURST_THREADS, () -> begin[0] = System.nanoTime());
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < BURST_THREADS; thread++) {
            int requests = BURST_REQUESTS / BURST_THREADS + (thread < BURST_REQUESTS % BURST_THREADS ? 1 : 0);
            String prefix = "vm-" + thread + "-";
            running.add(threads.submit(() -> {
                start.await();
                for (int i = 0; i < requests; i++) {
                    pool.handOut(prefix + i, 0);
                }
                return null;
            }));
        }
        for (Future<?> run : running) {
            run.get();
        }
        return begin[0];
    }

    private static Figure memory() throws InterruptedException {
        long before = used();
        WarmPool pool = pool();
        long after = used();
        return new Figure(
                NAME + ".bytes",
                (double) (after - before) / pool.statistics(0).warm(),
                "bytes-per-warm-address",
                SMALL,
                List.of(Peer.of(
                        "bytes-per-million",
                        1e6 * (after - before) / pool.statistics(0).warm())));
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
