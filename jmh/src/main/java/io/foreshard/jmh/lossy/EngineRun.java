package io.foreshard.jmh.lossy;

import io.foreshard.coreapi.Reason;
import io.foreshard.jmh.run.SeededSecureRandom;
import io.foreshard.reassembler.MessageInfo;
import io.foreshard.reassembler.ReassemblyReason;
import io.foreshard.shardcodec.WireFormat;
import io.foreshard.simulator.SimulatedNode;
import io.foreshard.simulator.Simulation;
import io.foreshard.transport.MessageOptions;
import io.foreshard.transport.SessionListener;
import io.foreshard.transport.ShardEndpoint;
import io.foreshard.transport.ShardSession;
import io.foreshard.transport.TransportConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Two production endpoints with shipped defaults in the simulator, one session, one open loop of messages; in virtual time. */
final class EngineRun implements SessionListener {

    private static final int PORT = 4000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int FULL_SHARD_BYTES = WireFormat.DEFAULT_PATH_MTU_BYTES - WireFormat.SHARD_OVERHEAD_BYTES;

    private final Arrivals arrivals;
    private final Simulation simulation;
    private final SimulatedNode sender;
    private final SimulatedNode receiver;
    private final long seed;
    private final long[] completedAtNanos;
    private int completed;
    private long startNanos;
    private @Nullable Throwable failure;

    private EngineRun(Arrivals arrivals, Condition condition, long seed) {
        this.arrivals = arrivals;
        this.seed = seed;
        this.simulation = new Simulation(seed);
        this.sender = simulation.addNode("10.0.0.1", 1);
        this.receiver = simulation.addNode("10.0.0.2", 1);
        this.completedAtNanos = new long[arrivals.count()];
        simulation.connect(sender.address(), receiver.address(), condition.impairment(), seed);
        simulation.connect(receiver.address(), sender.address(), condition.impairment(), ~seed);
    }

    /**
     * Runs to the end and adds what was seen.
     *
     * @throws IllegalStateException if a message does not arrive
     */
    static void run(Arrivals arrivals, Condition condition, long seed, Completions into) {
        EngineRun run = new EngineRun(arrivals, condition, seed);
        try {
            run.run(into);
        } finally {
            run.simulation.close();
        }
    }

    private void run(Completions into) {
        ShardEndpoint server = bind(receiver, this);
        ShardEndpoint client = bind(sender, this);
        ShardSession session = await(client.connect(receiver.address(PORT)));
        startNanos = simulation.nowNanos();
        send(session, 0);
        long last = arrivals.atNanos(arrivals.count() - 1);
        if (!simulation.runUntil(this::isOver, PATIENCE.plusNanos(last)) || failure != null) {
            throw new IllegalStateException(
                    "messages: " + completed + " (expected: " + arrivals.count() + ")", failure);
        }
        simulation.runFor(Duration.ofSeconds(2));
        into.add(arrivals, completedAtNanos);
        into.addRedundant(redundantBytes(server.counters()), (long) arrivals.count() * Arrivals.MESSAGE_BYTES);
        simulation.await(client.close(), PATIENCE);
        simulation.await(server.close(), PATIENCE);
    }

    private boolean isOver() {
        return completed == arrivals.count() || failure != null;
    }

    private ShardEndpoint bind(SimulatedNode node, SessionListener listener) {
        TransportConfig config =
                TransportConfig.builder().random(new SeededSecureRandom(seed)).build();
        return await(ShardEndpoint.builder(node.eventLoopGroup())
                .channelFactory(node.datagramChannelFactory())
                .localAddress(node.address(PORT))
                .config(config)
                .listener(listener)
                .bind());
    }

    private <T> T await(Future<T> future) {
        return Objects.requireNonNull(simulation.await(future, PATIENCE));
    }

    /** Sends a message at its time and arranges the next. */
    private void send(ShardSession session, int message) {
        if (message == arrivals.count()) {
            return;
        }
        long wait = startNanos + arrivals.atNanos(message) - simulation.nowNanos();
        simulation.schedule(Duration.ofNanos(Math.max(0, wait)), () -> {
            ByteBuf content = PooledByteBufAllocator.DEFAULT.buffer(Arrivals.MESSAGE_BYTES);
            content.writeInt(message).writeZero(Arrivals.MESSAGE_BYTES - Integer.BYTES);
            session.send(content, MessageOptions.reliable()).addListener(this::onSettled);
            send(session, message + 1);
        });
    }

    private void onSettled(Future<?> sent) {
        if (!sent.isSuccess()) {
            failure = sent.cause();
        }
    }

    @Override
    public void onMessage(ShardSession session, MessageInfo info, ByteBuf message) {
        int index = message.readInt();
        if (message.readableBytes() != Arrivals.MESSAGE_BYTES - Integer.BYTES || completedAtNanos[index] != 0) {
            throw new IllegalStateException("message: " + info + " (expected: each once and whole)");
        }
        completedAtNanos[index] = simulation.nowNanos() - startNanos;
        completed++;
        message.release();
    }

    /** Shards that arrived although they were there, each counted with the most that it can hold. */
    private static long redundantBytes(Map<Reason, Long> counters) {
        long shards =
                count(counters, ReassemblyReason.DUPLICATE) + count(counters, ReassemblyReason.LATE_AFTER_DELIVERY);
        return shards * FULL_SHARD_BYTES;
    }

    private static long count(Map<Reason, Long> counters, Reason reason) {
        @Nullable Long counted = counters.get(reason);
        return counted == null ? 0 : counted;
    }
}
