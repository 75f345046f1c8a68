package io.foreshard.jmh.stacks;

import io.foreshard.jmh.ComparisonSettings;
import io.foreshard.jmh.Contest;
import io.foreshard.jmh.figure.Figure;
import io.foreshard.jmh.figure.Peer;
import io.foreshard.jmh.figure.Target;
import io.foreshard.stackvirt.engine.inprocess.InProcessEngine;
import io.foreshard.stackvirt.engine.inprocess.InProcessMessage;
import io.foreshard.stackvirt.engine.inprocess.InProcessStack;
import io.foreshard.stackvirt.spi.HealthCheck;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.spi.StackSpec;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How long a message takes from one event loop to that of a stack in this process: half of the way there and back, one message at a time.
 * Both loops spin; beside it the figure when both park. The medians of the rounds.
 */
public final class HopContest implements Contest {

    private static final String NAME = "mux-hop";
    private static final Target MICRO = Target.atMost(1);
    private static final int SPIN = 200_000;
    private static final int ROUNDS = 5;
    private static final int WARM_UP = 200_000;
    private static final int SAMPLES = 200_000;
    private static final int PARKED_SAMPLES = 20_000;

    /** Makes the contest. */
    public HopContest() {}

    @Override
    public void run(ComparisonSettings settings, Consumer<Figure> figures) throws IOException {
        settings.say(NAME);
        double[] spinning = new double[ROUNDS];
        double[] tails = new double[ROUNDS];
        double[] parked = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long[] nanos = hops(SPIN, SAMPLES);
            spinning[round] = Echo.micros(nanos, 0.5) / 2;
            tails[round] = Echo.micros(nanos, 0.99) / 2;
            parked[round] = Echo.micros(hops(0, PARKED_SAMPLES), 0.5) / 2;
        }
        figures.accept(new Figure(
                NAME,
                median(spinning),
                "us-p50",
                MICRO,
                List.of(Peer.of("p99", median(tails)), Peer.of("parked-p50", median(parked)))));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static long[] hops(int spin, int samples) throws IOException {
        EventLoopGroup stacks = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        EventLoopGroup links = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (InProcessEngine engine = InProcessEngine.builder(stacks, links)
                .stack("echo", (spec, loop) -> new EchoStack())
                .spin(spin)
                .build()) {
            StackId id = new StackId("hop", "echo", 1);
            Echo.done(engine.create(
                    id,
                    new StackSpec(
                            "echo",
                            new StackSource.InProcess("echo"),
                            "/unused",
                            new StackResources(1, 64L << 20, 1, 1 << 20),
                            HealthCheck.DEFAULT,
                            16,
                            Map.of())));
            Echo.done(engine.start(id));
            Echo echo = Echo.connect(engine, id, links.next());
            echo.run(spin > 0 ? WARM_UP : samples);
            return echo.run(samples);
        } finally {
            links.shutdownGracefully();
            stacks.shutdownGracefully();
        }
    }

    /** Gives each message back. */
    private static final class EchoStack implements InProcessStack {

        @Override
        public void onMessage(InProcessMessage message) {
            message.reply(message.take());
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }
}
