package io.foreshard.jmh.shaper.live;

import io.foreshard.flowshaper.Bottleneck;
import io.foreshard.flowshaper.FlowShaper;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How late packets leave that are held for a fixed time, and beside it how late the same loop runs a timer of that time. The two take
 * turns in short phases, so that neither is woken by the other.
 */
final class ReleaseErrorContestant {

    private static final long HOLD_NANOS = 5_000_000;
    private static final int LEAST_GAP_NANOS = 300_000;
    private static final int GAP_SPREAD_NANOS = 1_400_000;
    private static final int PHASE = 250;
    private static final int WARM_UP_PHASES = 4;

    private final Loopback loopback = new Loopback();
    private final EventLoop loop = loopback.loop();
    private final SplittableRandom random = new SplittableRandom(5);
    private final ArrayDeque<Long> ideals = new ArrayDeque<>();
    private final long[] shaped;
    private final long[] bare;
    private int shapedCount;
    private int bareCount;

    private ReleaseErrorContestant(int samples) {
        shaped = new long[samples];
        bare = new long[samples];
    }

    /**
     * Runs the program.
     *
     * @param arguments the file for p50 and p99 of the shaper and of the timer, in nanoseconds; how many samples of each
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ReleaseErrorContestant contestant = new ReleaseErrorContestant(Integer.parseInt(arguments[1]));
        contestant.run();
        Files.writeString(
                Path.of(arguments[0]),
                percentile(contestant.shaped, 50) + " " + percentile(contestant.shaped, 99) + " "
                        + percentile(contestant.bare, 50) + " " + percentile(contestant.bare, 99));
        System.exit(0);
    }

    private void run() throws InterruptedException {
        FlowShaper shaper = FlowShaper.builder(loop)
                .calculator(name -> new FixedLaw(DelayCalculator.UNLIMITED, HOLD_NANOS))
                .build();
        Bottleneck bottleneck = shaper.bottleneck("sink", loopback.sinkAddress());
        Channel channel = loopback.open(
                new WriteWatch((packet, now) -> noteShaped(now)), shaper.datagramHandler(recipient -> bottleneck));
        int phases = WARM_UP_PHASES + (shaped.length + PHASE - 1) / PHASE;
        for (int phase = 0; phase < phases; phase++) {
            boolean counts = phase >= WARM_UP_PHASES;
            send(() -> {
                ideals.add(counts ? System.nanoTime() + HOLD_NANOS : Long.MIN_VALUE);
                channel.writeAndFlush(loopback.packet());
            });
            send(() -> {
                long ideal = System.nanoTime() + HOLD_NANOS;
                loop.schedule(() -> noteBare(counts, System.nanoTime() - ideal), HOLD_NANOS, TimeUnit.NANOSECONDS);
            });
        }
        if (shapedCount < shaped.length || bareCount < bare.length) {
            throw new IllegalStateException("only " + shapedCount + " and " + bareCount + " came");
        }
    }

    private void send(Runnable one) throws InterruptedException {
        for (int left = PHASE; left > 0; left--) {
            LockSupport.parkNanos(LEAST_GAP_NANOS + random.nextInt(GAP_SPREAD_NANOS));
            loop.execute(one);
        }
        Thread.sleep(20 * TimeUnit.NANOSECONDS.toMillis(HOLD_NANOS));
    }

    private void noteShaped(long now) {
        long ideal = ideals.remove();
        if (ideal != Long.MIN_VALUE && shapedCount < shaped.length) {
            shaped[shapedCount++] = now - ideal;
        }
    }

    private void noteBare(boolean counts, long late) {
        if (counts && bareCount < bare.length) {
            bare[bareCount++] = late;
        }
    }

    private static long percentile(long[] values, int percent) {
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(percent / 100.0 * sorted.length) - 1];
    }
}
