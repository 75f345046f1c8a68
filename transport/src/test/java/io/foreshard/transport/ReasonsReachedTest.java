package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.coreapi.Reason;
import io.foreshard.shardcodec.AckFrame;
import io.foreshard.shardcodec.Contract;
import io.foreshard.shardcodec.FixedShardPolicy;
import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.ShardHeader;
import io.foreshard.shardcodec.WireReason;
import io.foreshard.shardcodec.spi.ShardPlan;
import io.foreshard.simulator.link.Impairment;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One hostile or unlucky endpoint after the other, until every reason was counted: none is there for nothing. */
class ReasonsReachedTest {

    /** Counted elsewhere: by the stream's frame decoder, by a full hand-over queue, by no decoder of the data path. */
    private static final Set<Reason> ELSEWHERE =
            Set.of(WireReason.BAD_FRAME_LENGTH, WireReason.MALFORMED_BODY, TransportReason.HANDOVER_FULL);

    private static final Impairment CLEAN = Impairment.builder()
            .rateBytesPerSecond(1_250_000)
            .delay(Duration.ofMillis(5))
            .build();

    private final Set<Reason> reached = new HashSet<>();

    @Test
    void everyReasonCanBeReached() {
        hostile();
        unlucky();
        narrow();
        lossy();
        faulty();
        streams();
        Set<Reason> all = new HashSet<>(EnumSet.allOf(TransportReason.class));
        all.addAll(EnumSet.allOf(WireReason.class));
        all.removeAll(ELSEWHERE);
        all.removeAll(reached);
        assertEquals(Set.of(), all, "never counted");
    }

    private void streams() {
        try (StreamPair pair = new StreamPair(1, CLEAN, 2)) {
            pair.connectAll(2);
            pair.serverChannels.get(1).close();
            pair.stranger()
                    .writeAndFlush(pair.forge.control(
                            PacketKind.PROBE, 16, pair.serverEngine().id(), 0, out -> {}));
            pair.simulation.runFor(Duration.ofSeconds(1));
            reached.addAll(pair.server.counters().keySet());
        }
    }

    private void collect(SimulatedPair pair) {
        reached.addAll(pair.client.counters().keySet());
        reached.addAll(pair.server.counters().keySet());
    }

    private void hostile() {
        TransportConfig config = SimulatedPair.config(1).maxSessions(2).build();
        try (SimulatedPair pair = new SimulatedPair(1, CLEAN, CLEAN, config, 1)) {
            pair.expectWarning("The listener of a session failed");
            pair.atServer.onEach = (session, info) -> {
                throw new IllegalStateException("application");
            };
            ShardSession session = pair.connect();
            long id = SimulatedPair.engine(pair.accepted()).id();
            pair.simulation.await(pair.send(session, 10), Duration.ofSeconds(10));
            wire(pair, id);
            InetSocketAddress from = pair.clientAddress();
            Forge forge = pair.forge;
            List<ByteBuf> packets = List.of(
                    forge.control(PacketKind.PROBE, 99, 1, out -> {}),
                    forge.control(PacketKind.PROBE, 200, id, 100, out -> {}),
                    forge.control(PacketKind.PROBE, id, 0, out -> {}),
                    forge.control(PacketKind.DONE, id, 101, out -> {}),
                    forge.control(PacketKind.ACK, id, 102, HostileAck::write),
                    forge.control(PacketKind.PATH_RESPONSE, id, 103, out -> out.writeLong(1)),
                    forge.hello(List.of(1), 5, new byte[0], null, 100),
                    forge.hello(List.of(9), 5, new byte[0], null, 1200),
                    forge.hello(5, new byte[20]));
            packets.forEach(packet -> pair.serverTap.arrive(packet, from));
            pair.serverTap.arrive(
                    forge.control(PacketKind.PROBE, id, 104, out -> {}), new InetSocketAddress("192.0.2.1", 1));
            pair.failureOf(
                    pair.client.connect(pair.serverAddress(), new InetSocketAddress("192.0.2.1", 1)),
                    Duration.ofSeconds(5));
            tooMany(pair);
            collect(pair);
        }
    }

    private static void tooMany(SimulatedPair pair) {
        for (int i = 0; i < 3; i++) {
            int initiator = 1000 + i;
            pair.serverTap.recording = true;
            pair.serverTap.out.clear();
            pair.serverTap.arrive(pair.forge.hello(initiator, new byte[0]), pair.clientAddress());
            pair.simulation.runUntil(
                    () -> !pair.serverTap.out(PacketKind.ACCEPT).isEmpty(), Duration.ofSeconds(1));
            byte[] retry = pair.serverTap.out(PacketKind.ACCEPT).get(0).bytes();
            byte[] cookie = new byte[CookieMint.COOKIE_BYTES];
            System.arraycopy(retry, 34, cookie, 0, cookie.length);
            pair.serverTap.arrive(pair.forge.hello(initiator, cookie), pair.clientAddress());
            pair.simulation.runFor(Duration.ofMillis(10));
        }
    }

    /** An acknowledgement of a packet that nobody has sent. */
    private static final class HostileAck {

        static void write(ByteBuf out) {
            AckFrame frame = new AckFrame();
            frame.reset(0, 0, 1 << 20, 100);
            frame.addRange(1 << 20, 1 << 20);
            frame.write(out);
        }
    }

    private static void wire(SimulatedPair pair, long id) {
        ByteBuf payload = pair.message(new byte[100]);
        ByteBuf shard = pair.forge.shard(id, 50, 7, payload);
        ShardHeader nonsense = new ShardHeader()
                .message(7, 100, 0, Contract.RELIABLE, 16)
                .block(3, 0, 100)
                .shard(0, 100, 0);
        List<ByteBuf> packets = List.of(
                pair.message(new byte[5]),
                pair.message(new byte[100]),
                shard.copy().setByte(0, 0x7F),
                shard.copy().setByte(1, 200),
                shard.copy().setByte(30, shard.getByte(30) ^ 1),
                shard.copy().setByte(100, 1),
                shard.copy(0, 120),
                shard.copy().writeZero(5),
                pair.forge.shard(id, 51, nonsense, payload));
        packets.forEach(packet -> pair.serverTap.arrive(packet, pair.clientAddress()));
        shard.release();
        payload.release();
    }

    private void unlucky() {
        TransportConfig config = SimulatedPair.config(2)
                .idleTimeout(Duration.ofSeconds(20))
                .shardPolicy(request -> {
                    throw new IllegalStateException("policy");
                })
                .telemetrySource((remote, now) -> {
                    throw new IllegalStateException("source");
                })
                .build();
        try (SimulatedPair pair = new SimulatedPair(2, CLEAN, CLEAN, config, 1)) {
            pair.expectWarning("The sharding policy failed");
            ShardSession session = pair.connect();
            renewal(pair, session);
            pair.send(session, 500_000);
            pair.simulation.runFor(Duration.ofMillis(200));
            pair.simulation.disconnect(pair.clientNode, pair.serverNode);
            pair.simulation.runFor(Duration.ofSeconds(30));
            collect(pair);
        }
    }

    /** The peer says that the checksum of a message failed, and asks for its block again. */
    private static void renewal(SimulatedPair pair, ShardSession session) {
        pair.send(session, 20_000);
        pair.clientTap.recording = true;
        pair.simulation.runUntil(() -> pair.clientTap.out(PacketKind.SHARD).size() > 3, Duration.ofSeconds(5));
        long messageId = java.nio.ByteBuffer.wrap(
                        pair.clientTap.out(PacketKind.SHARD).get(0).bytes())
                .getLong(24);
        long id = SimulatedPair.engine(session).id();
        pair.clientTap.arrive(
                pair.forge.control(PacketKind.ACK, id, 200, out -> {
                    AckFrame frame = new AckFrame();
                    frame.reset(0, 0, 1 << 20, 100);
                    frame.addRange(0, 0);
                    frame.addBlock(messageId, 0, 0, AckFrame.BLOCK_FRESH_GENERATION, 18);
                    frame.write(out);
                }),
                pair.serverAddress());
        pair.simulation.runFor(Duration.ofMillis(100));
    }

    private void narrow() {
        TransportConfig config = SimulatedPair.config(3).pathMtuBytes(1400).build();
        Impairment path = CLEAN.toBuilder().maxDatagramBytes(1300).loss(0.05).build();
        try (SimulatedPair pair = new SimulatedPair(3, path, CLEAN, config, 1)) {
            pair.simulation.await(pair.send(pair.connect(), 100_000), Duration.ofSeconds(30));
            collect(pair);
        }
    }

    /** Plans copy whole messages, which is more than the budget has. */
    private void lossy() {
        TransportConfig config = SimulatedPair.config(5)
                .shardPolicy(request -> {
                    ShardPlan plan = FixedShardPolicy.pathSized().plan(request);
                    return plan.withTailCopies(plan.shardCount());
                })
                .build();
        Impairment path = CLEAN.toBuilder().loss(0.1).build();
        try (SimulatedPair pair = new SimulatedPair(5, path, CLEAN, config, 1)) {
            ShardSession session = pair.connect();
            for (int i = 0; i < 20; i++) {
                pair.simulation.await(pair.send(session, 100_000), Duration.ofSeconds(30));
            }
            collect(pair);
        }
    }

    private void faulty() {
        try (SimulatedPair pair = new SimulatedPair(4, CLEAN)) {
            pair.expectWarning("");
            ByteBuf content = pair.message(new byte[5000]);
            pair.connect().send(content, MessageOptions.reliable());
            content.release();
            pair.simulation.runFor(Duration.ofSeconds(1));
            collect(pair);
        }
    }
}
