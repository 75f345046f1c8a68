package io.foreshard.jmh.gain;

import io.foreshard.coreapi.GateReason;
import io.foreshard.coreapi.GateReport;
import io.foreshard.jmh.run.SeededSecureRandom;
import io.foreshard.reassembler.MessageInfo;
import io.foreshard.shardcodec.WireFormat;
import io.foreshard.simulator.SimulatedNode;
import io.foreshard.simulator.Simulation;
import io.foreshard.simulator.link.CapacityTrace;
import io.foreshard.simulator.link.Impairment;
import io.foreshard.transport.MessageOptions;
import io.foreshard.transport.SessionListener;
import io.foreshard.transport.ShardEndpoint;
import io.foreshard.transport.ShardSession;
import io.foreshard.transport.TransportConfig;
import io.foreshard.transport.TransportConfigBuilder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One simulated run of the production endpoints: messages arrive at random times, whatever became of those before (open loop), and are
 * timed from their arrival until the other end has them whole. The first half is for learning and not looked at.
 */
final class GainRun {

    /** Between a packet and a large message: 18 packets. */
    static final int MESSAGE_BYTES = 20_000;

    private static final int SHARDS = (MESSAGE_BYTES + WireFormat.MESSAGE_TRAILER_BYTES - 1)
                    / (WireFormat.DEFAULT_PATH_MTU_BYTES - WireFormat.SHARD_OVERHEAD_BYTES)
            + 1;
    private static final long WIRE_BYTES =
            MESSAGE_BYTES + WireFormat.MESSAGE_TRAILER_BYTES + (long) SHARDS * WireFormat.SHARD_OVERHEAD_BYTES;
    private static final int PORT = 4000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Scenario scenario;
    private final long seed;
    private final Simulation simulation;
    private final Random arrivals;
    private final CapacityTrace capacity;
    private final double messagesPerSecond;
    private final long endNanos;
    private final long lookFromNanos;
    private final double[] completionMillis;
    private final long[] arrivedAtNanos;
    private @Nullable ShardSession session;
    private int sent;
    private int firstLookedAt = -1;
    private long openNanos;
    private long openSinceNanos = -1;

    private GainRun(Scenario scenario, long seed, Duration length) {
        this.scenario = scenario;
        this.seed = seed;
        this.simulation = new Simulation(seed);
        this.arrivals = new Random(seed);
        this.capacity = scenario.capacity().apply(seed);
        this.messagesPerSecond = scenario.load() * meanBytesPerSecond(capacity, length) / MESSAGE_BYTES;
        this.endNanos = length.toNanos();
        this.lookFromNanos = endNanos / 2;
        int most = (int) (2 * messagesPerSecond * length.toMillis() / 1e3) + 100;
        this.completionMillis = new double[most];
        this.arrivedAtNanos = new long[most];
    }

    private static double meanBytesPerSecond(CapacityTrace capacity, Duration length) {
        int looks = 2_000;
        double sum = 0;
        for (int i = 0; i < looks; i++) {
            sum += capacity.bytesPerSecondAt(length.toNanos() / looks * i);
        }
        return sum / looks;
    }

    /** Runs to the end. */
    static GainResult run(Scenario scenario, Twin twin, long seed, Duration length) {
        GainRun run = new GainRun(scenario, seed, length);
        try (Simulation simulation = run.simulation) {
            run.start(twin);
            simulation.runFor(length.plus(PATIENCE));
            return run.result();
        }
    }

    private void start(Twin twin) {
        SimulatedNode sender = simulation.addNode("10.0.0.1", 1);
        SimulatedNode receiver = simulation.addNode("10.0.0.2", 1);
        Duration oneWay = Duration.ofMillis(scenario.roundTripMillis()).dividedBy(2);
        Impairment forth = Impairment.builder()
                .capacity(capacity)
                .delay(oneWay)
                .queueBytes(scenario.queueBytes())
                .build();
        simulation.connect(
                sender, receiver, forth, Impairment.builder().delay(oneWay).build());
        ShardEndpoint server = bind(receiver, TransportConfig.builder(), this::onMessage);
        ShardEndpoint client = bind(
                sender,
                twin.configure(TransportConfig.builder(), seed).gateListener(this::onGate),
                (from, info, message) -> message.release());
        session = await(client.connect(server.localAddress()));
        Arrays.fill(completionMillis, Double.NaN);
        scheduleNext();
    }

    private ShardEndpoint bind(SimulatedNode node, TransportConfigBuilder config, SessionListener listener) {
        return await(ShardEndpoint.builder(node.eventLoopGroup())
                .channelFactory(node.datagramChannelFactory())
                .localAddress(node.address(PORT))
                .config(config.random(new SeededSecureRandom(seed)).build())
                .listener(listener)
                .bind());
    }

    private <T> T await(Future<T> future) {
        return Objects.requireNonNull(simulation.await(future, PATIENCE));
    }

    private void onGate(String subject, GateReport report) {
        long now = Math.max(lookFromNanos, Math.min(endNanos, simulation.nowNanos()));
        if (openSinceNanos >= 0) {
            openNanos += now - openSinceNanos;
        }
        openSinceNanos = report.reason() == GateReason.PROVEN ? now : -1;
    }

    private void scheduleNext() {
        double seconds = -Math.log(1 - arrivals.nextDouble()) / messagesPerSecond;
        simulation.schedule(Duration.ofNanos((long) (seconds * 1e9)), this::sendNext);
    }

    private void sendNext() {
        long now = simulation.nowNanos();
        if (now >= endNanos || sent == completionMillis.length) {
            return;
        }
        if (firstLookedAt < 0 && now >= lookFromNanos) {
            firstLookedAt = sent;
        }
        ByteBuf message = Unpooled.buffer(MESSAGE_BYTES).writeInt(sent).writeZero(MESSAGE_BYTES - Integer.BYTES);
        arrivedAtNanos[sent++] = now;
        Objects.requireNonNull(session).send(message, MessageOptions.reliable());
        scheduleNext();
    }

    private void onMessage(ShardSession from, MessageInfo info, ByteBuf message) {
        int index = message.readInt();
        completionMillis[index] = (simulation.nowNanos() - arrivedAtNanos[index]) / 1e6;
        message.release();
    }

    /** A message that never came counts with all the time that there was. */
    private GainResult result() {
        double[] looked = Arrays.copyOfRange(completionMillis, Math.max(0, firstLookedAt), sent);
        for (int i = 0; i < looked.length; i++) {
            if (Double.isNaN(looked[i])) {
                looked[i] = (simulation.nowNanos() - arrivedAtNanos[firstLookedAt + i]) / 1e6;
            }
        }
        if (openSinceNanos >= 0) {
            openNanos += endNanos - openSinceNanos;
        }
        return GainResult.of(looked, fluidMillis(), (double) openNanos / (endNanos - lookFromNanos));
    }

    /** What nobody can be faster than: the same messages through the same link, one after the other, without ever leaving it idle. */
    private double[] fluidMillis() {
        double[] millis = new double[sent];
        long free = 0;
        for (int i = 0; i < sent; i++) {
            free = capacity.finishNanos(Math.max(free, arrivedAtNanos[i]), WIRE_BYTES);
            millis[i] = (free - arrivedAtNanos[i]) / 1e6 + scenario.roundTripMillis() / 2.0;
        }
        return Arrays.copyOfRange(millis, Math.max(0, firstLookedAt), sent);
    }
}
