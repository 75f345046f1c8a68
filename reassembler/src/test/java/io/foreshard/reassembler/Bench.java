package io.foreshard.reassembler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.foreshard.shardcodec.AckFrame;
import io.foreshard.shardcodec.PacketReader;
import io.foreshard.simulator.CountingAllocator;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** An engine on a test's bench: with a clock to turn, sources that note what they are told, and a count of what is held. */
final class Bench implements AutoCloseable {

    static final long MILLI = 1_000_000L;

    final CountingAllocator allocator = new CountingAllocator();
    final Reassembler engine;
    private final PacketReader reader = new PacketReader();
    private final List<Peer> peers = new ArrayList<>();
    long now = 1_000 * MILLI;

    Bench() {
        this(builder -> builder);
    }

    Bench(UnaryOperator<ReassemblerBuilder> settings) {
        engine = settings.apply(Reassembler.builder().hashKeys(1, 2).allocator(allocator))
                .build(now);
    }

    TestMessage message(long id, int length, int shardSize, int exponent) {
        return new TestMessage(id, length, shardSize, exponent).allocator(allocator);
    }

    Peer peer() {
        return peer(true);
    }

    Peer peer(boolean validated) {
        Peer peer = new Peer();
        peer.source = opened(engine.open(peer, validated, now));
        peers.add(peer);
        return peer;
    }

    List<Peer> peers() {
        return peers;
    }

    private static ShardSource opened(ShardSource source) {
        assertNotNull(source, "no source");
        return source;
    }

    void pass(long nanos) {
        long until = now + nanos;
        while (engine.nextTimerNanos() < until) {
            now = Math.max(now, engine.nextTimerNanos());
            engine.advance(now);
        }
        now = until;
        engine.advance(now);
    }

    void passMillis(long millis) {
        pass(millis * MILLI);
    }

    long count(ReassemblyReason reason) {
        return engine.count(reason);
    }

    /** Closes all sources and checks that nothing is left. */
    @Override
    public void close() {
        for (Peer peer : peers) {
            engine.close(peer.source);
            peer.release();
        }
        assertEquals(0, engine.usedBytes(), "bytes held after all sources are closed");
        assertEquals(0, count(ReassemblyReason.LISTENER_FAILED));
        allocator.assertAllReleased();
    }

    /** A block as an acknowledgement shows it. */
    record Feedback(long messageId, int block, int generation, boolean repair, boolean fresh, List<Integer> missing) {}

    final class Peer implements ReassemblyListener {

        ShardSource source;
        final List<ByteBuf> messages = new ArrayList<>();
        final List<MessageInfo> infos = new ArrayList<>();
        final List<MessageFailure> failures = new ArrayList<>();
        int feedbackDue;

        /** Takes in a packet and releases it, as a channel handler would. */
        ShardOutcome receive(ByteBuf packet) {
            try {
                assertNull(reader.read(packet));
                return engine.onShard(source, reader.shard(), packet, reader.bodyIndex(), reader.payloadCrc(), now);
            } finally {
                packet.release();
            }
        }

        void receiveAll(List<ByteBuf> packets) {
            packets.forEach(this::receive);
        }

        /** Takes in the first packets only; the others are lost on the way. */
        void receiveFirst(int count, List<ByteBuf> packets) {
            receiveAll(packets.subList(0, count));
            packets.subList(count, packets.size()).forEach(ByteBuf::release);
        }

        /** Takes in all packets but some, by their place in the list. */
        void receiveAllBut(List<Integer> lost, List<ByteBuf> packets) {
            for (int i = 0; i < packets.size(); i++) {
                if (lost.contains(i)) {
                    packets.get(i).release();
                } else {
                    receive(packets.get(i));
                }
            }
        }

        List<Feedback> feedback() {
            List<Feedback> all = new ArrayList<>();
            boolean more = true;
            while (more) {
                AckFrame frame = new AckFrame();
                frame.reset(0, 0, 0, 0);
                more = engine.collectFeedback(source, frame, now);
                addBlocks(frame, all);
            }
            return all;
        }

        List<Feedback> requests() {
            return feedback().stream().filter(f -> f.repair() || f.fresh()).toList();
        }

        private void addBlocks(AckFrame frame, List<Feedback> all) {
            for (int i = 0; i < frame.blockCount(); i++) {
                List<Integer> missing = new ArrayList<>();
                for (int index = 0; index < frame.blockShards(i); index++) {
                    if (!frame.hasShard(i, index)) {
                        missing.add(index);
                    }
                }
                all.add(new Feedback(
                        frame.blockMessage(i),
                        frame.blockNumber(i),
                        frame.blockGeneration(i),
                        frame.wantsRepair(i),
                        frame.wantsFreshGeneration(i),
                        missing));
            }
        }

        void release() {
            messages.forEach(ByteBuf::release);
            messages.clear();
            for (MessageFailure failure : failures) {
                if (failure.partial() != null) {
                    failure.partial().release();
                }
            }
            failures.clear();
        }

        @Override
        public void onMessage(ShardSource from, MessageInfo info, ByteBuf message) {
            messages.add(message);
            infos.add(info);
        }

        @Override
        public void onFailure(ShardSource from, MessageFailure failure) {
            failures.add(failure);
        }

        @Override
        public void onFeedbackDue(ShardSource from) {
            feedbackDue++;
        }
    }
}
