package io.foreshard.reassembler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.AckFrame;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever happens to the packets of a message: it comes out exactly, or fails with a reason, and nothing is left behind. */
class PropertiesTest {

    @Test
    void anyOrderAndDuplicationYieldsExactlyTheMessage() {
        Property.named("any order, any duplicates").runs(150).maxSize(60).check((random, size) -> {
            try (Bench bench = new Bench()) {
                Bench.Peer peer = bench.peer(random.chance(0.5));
                TestMessage message = randomMessage(bench, random, size);
                List<ByteBuf> packets = message.packets();
                int once = packets.size();
                for (int i = 0; i < once; i++) {
                    if (random.chance(0.3)) {
                        packets.add(packets.get(i).retainedDuplicate());
                    }
                }
                random.shuffle(packets);
                peer.receiveAll(packets);
                assertEquals(1, peer.messages.size());
                assertTrue(message.isContentOf(peer.messages.get(0)));
            }
        });
    }

    private static TestMessage randomMessage(Bench bench, SeededRandom random, int size) {
        int exponent = 8 + random.nextInt(9);
        int shard = Math.max(16, (1 << exponent) / (1 + random.nextInt(200)));
        int length = 1 + random.nextInt(size * 500);
        return bench.message(random.nextLong(), length, Math.min(shard, 32_768), exponent);
    }

    @Test
    void impairedPacketsYieldTheMessageOrAFailureAndLeaveNothing() {
        Property.named("impaired packets").runs(200).maxSize(60).check((random, size) -> {
            try (Bench bench = new Bench(builder -> builder.deliverPartial(random.chance(0.5)))) {
                List<ByteBuf> packets = new ArrayList<>();
                List<TestMessage> messages = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    TestMessage message = randomMessage(bench, random, size);
                    messages.add(message);
                    packets.addAll(message.packets());
                }
                impair(bench, random, packets);
                Bench.Peer peer = bench.peer();
                Packets.deliver(bench.engine, peer.source, packets, bench.now);
                for (int i = 0; i < 40; i++) {
                    bench.passMillis(500);
                    peer.feedback();
                }
                assertEquals(0, peer.source.heldMessages());
                for (int i = 0; i < peer.messages.size(); i++) {
                    long id = peer.infos.get(i).messageId();
                    TestMessage sent = messages.stream()
                            .filter(m -> m.id == id)
                            .findFirst()
                            .orElseThrow();
                    assertTrue(sent.isContentOf(peer.messages.get(i)));
                }
                assertTrue(peer.messages.size() + peer.failures.size() <= 3);
            }
        });
    }

    private static void impair(Bench bench, SeededRandom random, List<ByteBuf> packets) {
        for (int i = packets.size() - 1; i >= 0; i--) {
            ByteBuf packet = packets.get(i);
            switch (random.nextInt(12)) {
                case 0 -> packets.remove(i).release();
                case 1 -> flip(random, packet);
                case 2 -> packet.writerIndex(random.nextInt(packet.writerIndex() + 1));
                case 3 -> packet.writeBytes(random.bytes(1 + random.nextInt(50)));
                case 4 -> packets.add(packet.retainedDuplicate());
                case 5 -> coalesce(bench, packets, i);
                default -> {
                    // Arrives as it was sent.
                }
            }
        }
        random.shuffle(packets);
    }

    private static void flip(SeededRandom random, ByteBuf packet) {
        if (packet.isReadable()) {
            int at = random.nextInt(packet.readableBytes());
            packet.setByte(at, packet.getByte(at) ^ 1 << random.nextInt(8));
        }
    }

    private static void coalesce(Bench bench, List<ByteBuf> packets, int i) {
        if (i + 1 < packets.size()) {
            ByteBuf joined = bench.allocator.buffer();
            joined.writeBytes(packets.get(i).duplicate())
                    .writeBytes(packets.get(i + 1).duplicate());
            packets.set(i, replaced(packets.get(i), joined));
            packets.remove(i + 1).release();
        }
    }

    private static ByteBuf replaced(ByteBuf old, ByteBuf by) {
        old.release();
        return by;
    }

    /** A sender that knows nothing but what it is asked for, over a path that loses a fifth. */
    @Test
    void requestsAloneBringEveryMessageThrough() {
        Property.named("repair").runs(60).maxSize(60).check((random, size) -> {
            try (Bench bench = new Bench()) {
                Bench.Peer peer = bench.peer();
                peer.source.onPath(20 * Bench.MILLI, 2 * Bench.MILLI, 0.2);
                TestMessage message = bench.message(random.nextLong(), 20_000 + size * 1_000, 500, 13);
                sendLossy(peer, random, message.packets());
                peer.receive(message.packet(message.blocks() - 1, 0));
                for (int round = 0; round < 200 && peer.messages.isEmpty(); round++) {
                    bench.passMillis(20);
                    for (Bench.Feedback request : peer.requests()) {
                        List<ByteBuf> answer = new ArrayList<>();
                        for (int index : request.missing()) {
                            answer.add(message.packet(request.block(), index));
                        }
                        sendLossy(peer, random, answer);
                    }
                }
                assertEquals(1, peer.messages.size());
                assertTrue(message.isContentOf(peer.messages.get(0)));
            }
        });
    }

    private static void sendLossy(Bench.Peer peer, SeededRandom random, List<ByteBuf> packets) {
        for (ByteBuf packet : packets) {
            if (random.chance(0.2)) {
                packet.release();
            } else {
                peer.receive(packet);
            }
        }
    }

    @Test
    void anAcknowledgementNeverOverflows() {
        try (Bench bench = new Bench()) {
            Bench.Peer peer = bench.peer();
            peer.source.onPath(20 * Bench.MILLI, 2 * Bench.MILLI, 0);
            for (int id = 0; id < 100; id++) {
                peer.receive(bench.message(id, 50_000, 500, 16).packet(0, 0));
            }
            AckFrame frame = new AckFrame();
            int blocks = 0;
            boolean more = true;
            while (more) {
                frame.reset(0, 0, 0, 0);
                more = bench.engine.collectFeedback(peer.source, frame, bench.now);
                blocks += frame.blockCount();
            }
            assertEquals(100, blocks);
        }
    }
}
