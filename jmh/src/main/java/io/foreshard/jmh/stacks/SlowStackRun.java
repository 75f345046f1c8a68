package io.foreshard.jmh.stacks;

import io.foreshard.simulator.Simulation;
import io.foreshard.stackvirt.mux.KindSettings;
import io.foreshard.stackvirt.mux.MessageResult;
import io.foreshard.stackvirt.mux.Multiplexer;
import io.foreshard.stackvirt.mux.Port;
import io.foreshard.stackvirt.mux.StackSet;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackSelector;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One run in virtual time through the product's own multiplexer. Sixteen stacks have an allocation of four workers' time each, and may use
 * half as much again while their neighbours do not need it; messages come by chance at 1.1 times what is allocated. After a while one stack's
 * neighbour takes most of its processor. Measured from the moment a message is sent. With several loops each has a multiplexer of its own, which
 * knows of its own messages only.
 */
final class SlowStackRun {

    private static final int STACKS = 16;
    private static final int WORKERS = 4;
    private static final double MEAN_NANOS = 10e6;
    /** A normal distribution as wide as its mean that is cut off at zero has a larger mean than the one it was cut from. */
    private static final double CUT_OFF_MEAN = 1.0833;

    private static final double LOAD = 1.1;
    private static final double WITH_SPARE = 1.5;
    private static final Duration EVEN = Duration.ofSeconds(2);
    private static final Duration SETTLING = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Simulation simulation;
    private final EventLoop loop;
    private final List<Multiplexer> multiplexers = new ArrayList<>();
    private final List<Port> ports = new ArrayList<>();
    private final Random random;
    private final double deviation;
    private final double perNano;
    private final double[] nanos;
    private final ModelStack[] stacks = new ModelStack[STACKS];
    private int measured;
    private long measuresFromNanos;
    private long endNanos;

    private SlowStackRun(long seed, Duration length, int loops, double deviation, Way way) {
        this.deviation = deviation;
        perNano = LOAD * STACKS * WORKERS / (MEAN_NANOS * (deviation < 0.5 ? 1 : CUT_OFF_MEAN));
        simulation = new Simulation(seed);
        random = new Random(seed);
        loop = simulation.addNode("10.0.0.1", 1).eventLoops().get(0);
        for (int i = 0; i < loops; i++) {
            Multiplexer multiplexer = Multiplexer.builder(loop)
                    .seed(seed + i)
                    .maxMessages(1 << 20)
                    .kind(KindSettings.builder("model", 1)
                            .maxInFlight(way.maxInFlight())
                            .maxWaiting(1 << 20, 1L << 30)
                            .selector(way.selector())
                            .build())
                    .build();
            multiplexers.add(multiplexer);
            ports.add(multiplexer.port(loop, 1 << 20));
        }
        nanos = new double[(int) (perNano * length.toNanos() * 1.5) + 1000];
    }

    /**
     * A way to pick.
     *
     * @param maxInFlight how many messages a stack has at a time from one loop
     * @param selector makes what picks
     * @param avoidsSlow whether the slow stack is taken out: nobody knows, but it shows what is possible
     */
    record Way(int maxInFlight, Supplier<? extends StackSelector> selector, boolean avoidsSlow) {}

    /**
     * Runs.
     *
     * @param deviation of the messages' times, as a part of their mean; 1 or below 0.5
     * @param slow the speed of the slow stack, against its allocation
     * @return the 99th percentile of all messages sent while one is slow, in milliseconds; those that were never answered count as the time
     *     that was waited
     */
    static double p99Millis(long seed, Duration length, double slow, int loops, double deviation, Way way) {
        return new SlowStackRun(seed, length, loops, deviation, way).run(length, slow, way.avoidsSlow());
    }

    private double run(Duration length, double slow, boolean avoidsSlow) {
        loop.execute(() -> {
            for (int i = 0; i < STACKS; i++) {
                Random work = new Random(random.nextLong());
                stacks[i] = new ModelStack(id(i), loop, WORKERS, MEAN_NANOS, deviation, work);
                stacks[i].speed(WITH_SPARE);
            }
            for (Multiplexer multiplexer : multiplexers) {
                StackSet set = multiplexer.stacks("model");
                Arrays.stream(stacks).forEach(stack -> stack.join(set));
            }
            arrive();
        });
        measuresFromNanos = simulation.nowNanos() + EVEN.plus(SETTLING).toNanos();
        endNanos = measuresFromNanos + length.toNanos();
        simulation.runFor(EVEN);
        int chosen = random.nextInt(STACKS);
        stacks[chosen].speed(slow);
        if (avoidsSlow) {
            loop.execute(() -> multiplexers.forEach(each -> each.stacks("model").suspend(id(chosen))));
        }
        simulation.runFor(SETTLING.plus(length).plus(PATIENCE).plusMillis(1));
        multiplexers.forEach(Multiplexer::close);
        simulation.runFor(Duration.ofMillis(1));
        simulation.close();
        double[] sorted = Arrays.copyOf(nanos, measured);
        Arrays.sort(sorted);
        return sorted[(int) (0.99 * (measured - 1))] / 1e6;
    }

    private static StackId id(int stack) {
        return new StackId("model", "model", stack + 1);
    }

    private void arrive() {
        long now = simulation.nowNanos();
        if (now >= endNanos && endNanos > 0) {
            return;
        }
        ports.get(random.nextInt(ports.size()))
                .send(
                        1,
                        1,
                        2,
                        Unpooled.EMPTY_BUFFER,
                        now + PATIENCE.toNanos(),
                        result -> take(result, now, simulation.nowNanos()));
        double gap = -Math.log(1 - random.nextDouble()) / perNano;
        loop.schedule(this::arrive, (long) gap, TimeUnit.NANOSECONDS);
    }

    private void take(MessageResult result, long sentNanos, long nowNanos) {
        if (result instanceof MessageResult.Reply reply) {
            reply.message().release();
        }
        if (sentNanos >= measuresFromNanos && measured < nanos.length) {
            nanos[measured++] = nowNanos - sentNanos;
        }
    }
}
