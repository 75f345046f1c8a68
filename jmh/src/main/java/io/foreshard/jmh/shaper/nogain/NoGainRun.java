package io.foreshard.jmh.shaper.nogain;

import io.foreshard.flowshaper.Bottleneck;
import io.foreshard.flowshaper.BottleneckReport;
import io.foreshard.flowshaper.FlowShaper;
import io.foreshard.flowshaper.TrialReport.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One flow through a shaper with its defaults, or past it, into a bottleneck, on virtual time. A packet is known by its number, which
 * is the same in all runs of a seed.
 */
final class NoGainRun {

    private static final InetSocketAddress SERVER = new InetSocketAddress("10.0.0.2", 80);
    private static final int PACKET_BYTES = 1200;
    private static final double CAPACITY = 2.4e6;
    private static final double NANOS_PER_PACKET = PACKET_BYTES * 1e9 / CAPACITY;
    private static final long ROUND_TRIP_NANOS = 20_000_000;
    private static final long TICK_NANOS = 100_000;
    private static final long PROBE_NANOS = 10_000_000;
    private static final long TRACE_NANOS = 1_000_000_000;

    private final MockTicker ticker = Ticker.newMockTicker();
    private final EmbeddedChannel channel =
            EmbeddedChannel.builder().ticker(ticker).build();
    private final Fifo fifo = new Fifo(NANOS_PER_PACKET, ROUND_TRIP_NANOS);
    private final Outcome outcome;
    private final Condition condition;
    private final long seed;
    private final Consumer<String> trace;
    private @Nullable Bottleneck bottleneck;
    private long tracedNanos;

    /** Makes a run that tells each second what the shaper does. */
    NoGainRun(Condition condition, long seed, Duration length, Consumer<String> trace) {
        this.condition = condition;
        this.seed = seed;
        this.trace = trace;
        this.outcome = new Outcome(length.toNanos());
    }

    /** Runs with a shaper that finds out whether it helps. */
    Outcome shaped() {
        try (FlowShaper shaper = FlowShaper.builder(channel.eventLoop())
                .telemetry(fifo)
                .trial(true)
                .build()) {
            bottleneck = shaper.bottleneck("path", SERVER);
            Bottleneck path = bottleneck;
            channel.pipeline().addLast(shaper.datagramHandler(recipient -> path));
            return run();
        }
    }

    Outcome unshaped() {
        return run();
    }

    private Outcome run() {
        Arrivals ours = new Arrivals(2 * seed, condition::ours, NANOS_PER_PACKET);
        Arrivals theirs = new Arrivals(2 * seed + 1, condition::theirs, NANOS_PER_PACKET);
        for (long now = 0; now < outcome.lengthNanos(); now += TICK_NANOS) {
            for (int count = theirs.due(now); count > 0; count = theirs.due(now)) {
                for (int packet = 0; packet < count; packet++) {
                    fifo.take(now);
                }
            }
            for (int count = ours.due(now); count > 0; count = ours.due(now)) {
                for (int packet = 0; packet < count; packet++) {
                    send(now);
                }
            }
            channel.flushOutbound();
            release(now);
            if (now % PROBE_NANOS == 0) {
                fifo.probe(now);
            }
            advance(now);
        }
        channel.finishAndReleaseAll();
        return outcome;
    }

    private void send(long now) {
        ByteBuf content =
                Unpooled.buffer(PACKET_BYTES).writeInt(outcome.arrived(now)).writerIndex(PACKET_BYTES);
        channel.write(new DatagramPacket(content, SERVER));
    }

    private void release(long now) {
        for (DatagramPacket packet = channel.readOutbound(); packet != null; packet = channel.readOutbound()) {
            outcome.reached(packet.content().readInt(), fifo.take(now));
            packet.release();
        }
    }

    private void advance(long now) {
        ticker.advance(TICK_NANOS, TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
        if (bottleneck != null && now % PROBE_NANOS == 0) {
            observe(now, bottleneck.report());
        }
    }

    private void observe(long now, BottleneckReport report) {
        outcome.observed(now, report.trial().verdict() == Verdict.NO_GAIN, report.bypassed());
        if (now >= tracedNanos) {
            tracedNanos = now + TRACE_NANOS;
            trace.accept(now / TRACE_NANOS + " s: " + report);
        }
    }
}
