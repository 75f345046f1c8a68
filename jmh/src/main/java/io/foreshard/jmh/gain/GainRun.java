package io.foreshard.jmh.gain;

import io.foreshard.simulator.SimulatedNode;
import io.foreshard.simulator.Simulation;
import io.foreshard.simulator.link.CapacityTrace;
import io.foreshard.simulator.link.Impairment;
import io.foreshard.transport.MessageOptions;
import io.foreshard.transport.SessionListener;
import io.foreshard.transport.ShardEndpoint;
import io.foreshard.transport.ShardSession;
import io.foreshard.transport.TransportConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Random;

/** One simulated run: messages arrive at random times at one end and are timed until the other end has them whole. */
final class GainRun {

    private static final int PORT = 4000;

    private final Load load;
    private final Simulation simulation;
    private final double[] completionMillis;
    private final long[] intendedNanos;
    private final Random arrivals;
    private ShardSession session;
    private int sent;

    /** What is sent through which path. */
    record Load(
            CapacityTrace capacity,
            Duration roundTrip,
            long queueBytes,
            int messageBytes,
            double messagesPerSecond,
            Duration length) {}

    static java.util.function.BiConsumer<Simulation, ShardSession> watch;
    private void tick(){ if(watch!=null){ watch.accept(simulation,session); simulation.schedule(Duration.ofMillis(100), this::tick);} }
    private GainRun(Load load, long seed) {
        this.load = load;
        this.simulation = new Simulation(seed);
        int most = (int) (load.messagesPerSecond() * load.length().toMillis() / 1e3);
        this.completionMillis = new double[most];
        this.intendedNanos = new long[most];
        this.arrivals = new Random(seed);
    }

    /** Returns the completion time of each message in order of arrival, in milliseconds; NaN for those that did not complete. */
    static double[] completionMillis(Load load, TransportConfig config, long seed) {
        GainRun run = new GainRun(load, seed);
        try (Simulation simulation = run.simulation) {
            run.start(config);
            simulation.runFor(load.length().plusSeconds(20));
        }
        return run.completionMillis;
    }

    private void start(TransportConfig config) {
        SimulatedNode sender = simulation.addNode("10.0.0.1", 1);
        SimulatedNode receiver = simulation.addNode("10.0.0.2", 1);
        Duration oneWay = load.roundTrip().dividedBy(2);
        Impairment forth = Impairment.builder()
                .capacity(load.capacity())
                .delay(oneWay)
                .queueBytes(load.queueBytes())
                .build();
        Impairment back = Impairment.builder().delay(oneWay).build();
        simulation.connect(sender, receiver, forth, back);
        ShardEndpoint server = bind(receiver, TransportConfig.builder().build(), this::onMessage);
        ShardEndpoint client = bind(sender, config, (from, info, message) -> message.release());
        session = await(client.connect(server.localAddress()));
        java.util.Arrays.fill(completionMillis, Double.NaN);
        scheduleNext();
        tick();
    }

    private ShardEndpoint bind(SimulatedNode node, TransportConfig config, SessionListener listener) {
        return await(ShardEndpoint.builder(node.eventLoopGroup())
                .channelFactory(node.datagramChannelFactory()::newChannel)
                .localAddress(node.address(PORT))
                .config(config)
                .listener(listener)
                .bind());
    }

    private <T> T await(Future<T> future) {
        T result = simulation.await(future, Duration.ofSeconds(10));
        if (result == null) {
            throw new IllegalStateException("no result");
        }
        return result;
    }

    private void scheduleNext() {
        if (sent == completionMillis.length) {
            return;
        }
        double seconds = -Math.log(1 - arrivals.nextDouble()) / load.messagesPerSecond();
        simulation.schedule(Duration.ofNanos((long) (seconds * 1e9)), this::sendNext);
    }

    private void sendNext() {
        ByteBuf message = Unpooled.buffer(load.messageBytes()).writeInt(sent).writeZero(load.messageBytes() - Integer.BYTES);
        intendedNanos[sent++] = simulation.nowNanos();
        session.send(message, MessageOptions.reliable());
        scheduleNext();
    }

    private void onMessage(ShardSession from, io.foreshard.reassembler.MessageInfo info, ByteBuf message) {
        int index = message.getInt(message.readerIndex());
        completionMillis[index] = (simulation.nowNanos() - intendedNanos[index]) / 1e6;
        message.release();
    }
}
