package io.foreshard.jmh.stacks;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.jmh.run.JmhRun;
import io.foreshard.stackvirt.buffer.BufferAccount;
import io.foreshard.stackvirt.buffer.BufferPool;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;

/** What it costs to take a buffer and give it back; how many pages the kernel has to fetch after warm-up; what is missing in the end. */
final class BuffersContest implements Contest {

    private static final String NAME = "buffers";
    private static final Target NANOS = Target.atMost(50);
    private static final Target NONE = Target.atMost(0);
    private static final double WHOLE_BYTES = 0.1;
    private static final int CYCLES = 10_000_000;
    private static final int BUFFERS = 16_384;
    private static final int BYTES = 4096;
    private static final int PLACES = 8192;
    private static final int ACCOUNTS = 4;

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException {
        RunResult ours = run(settings, "pool");
        RunResult pooled = run(settings, "nettyPooled");
        RunResult adaptive = run(settings, "nettyAdaptive");
        double bytes = ours == null ? Double.NaN : JmhRun.bytes(ours);
        figures.accept(new Figure(
                NAME,
                worst(ours),
                "ns",
                NANOS,
                List.of(Peer.of("netty-pooled", worst(pooled)), Peer.of("netty-adaptive", worst(adaptive)))));
        figures.accept(new Figure(
                NAME + "/bytes",
                bytes < WHOLE_BYTES ? 0 : bytes,
                "B/op",
                NONE,
                List.of(Peer.of("as-profiled", bytes))));
        cycles(settings, figures);
    }

    /** Random cycles that come by all buffers and write to their pages. */
    private static void cycles(ComparisonSettings settings, Consumer<Figure> figures) throws IOException {
        settings.say(NAME + ": " + CYCLES + " cycles");
        BufferPool pool = BufferPool.builder(ImmediateEventExecutor.INSTANCE)
                .buffers(BUFFERS, BYTES)
                .build();
        Cycles cycles = new Cycles(pool);
        cycles.run(CYCLES / 4);
        System.gc();
        // Right after a collection the thread meets two or three new pages, probably those that it moved the heap to;
        // then none.
        cycles.run(CYCLES / 4);
        long faults;
        long ofProcess;
        try (PageFaults thread = new PageFaults("/proc/thread-self/stat");
                PageFaults process = new PageFaults("/proc/self/stat")) {
            thread.count();
            long processBefore = process.count();
            long before = thread.count();
            cycles.run(CYCLES);
            faults = thread.count() - before;
            ofProcess = process.count() - processBefore;
        }
        cycles.end();
        figures.accept(new Figure(
                NAME + "/page-faults",
                faults,
                "faults-of-the-thread",
                NONE,
                List.of(Peer.of("faults-of-the-whole-process", (double) ofProcess), Peer.of("cycles", (double)
                        CYCLES))));
        figures.accept(new Figure(
                NAME + "/leaks",
                pool.size() - pool.free(),
                "buffers",
                NONE,
                List.of(
                        Peer.of("cycles", 1.5 * CYCLES),
                        Peer.of("level-" + pool.report().reached().name().toLowerCase(Locale.ROOT), 1))));
    }

    private static final class Cycles {

        private final BufferAccount[] accounts = new BufferAccount[ACCOUNTS];
        private final @Nullable ByteBuf[] places = new ByteBuf[PLACES];
        private final SplittableRandom random = new SplittableRandom(1);

        Cycles(BufferPool pool) {
            for (int i = 0; i < ACCOUNTS; i++) {
                accounts[i] = pool.open("account-" + i, BUFFERS);
            }
        }

        void run(int cycles) {
            for (int i = 0; i < cycles; i++) {
                int place = random.nextInt(PLACES);
                ByteBuf old = places[place];
                if (old != null) {
                    old.release();
                }
                ByteBuf taken = accounts[i & (ACCOUNTS - 1)].acquire(i);
                if (taken != null) {
                    taken.setByte(0, i).setByte(BYTES - 1, i);
                }
                places[place] = taken;
            }
        }

        void end() {
            for (int i = 0; i < PLACES; i++) {
                ByteBuf left = places[i];
                places[i] = null;
                if (left != null) {
                    left.release();
                }
            }
        }
    }

    private static @Nullable RunResult run(ComparisonSettings settings, String benchmark) {
        Collection<RunResult> results = JmhRun.run(settings, BufferBenchmark.class, benchmark);
        return results.isEmpty() ? null : results.iterator().next();
    }

    private static double worst(@Nullable RunResult result) {
        return result == null
                ? Double.NaN
                : JmhRun.forks(result).stream()
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElse(Double.NaN);
    }
}
