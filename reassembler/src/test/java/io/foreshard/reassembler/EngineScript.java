package io.foreshard.reassembler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.AckFrame;
import io.foreshard.shardcodec.Contract;
import io.foreshard.shardcodec.PacketReader;
import io.foreshard.shardcodec.ShardHeader;
import io.foreshard.simulator.CountingAllocator;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Plays bytes as calls of a small engine, eight bytes a call, and checks after each of them what must always hold.
 *
 * <p>Byte 0 chooses the call, byte 1 the source; the others are its arguments. See the cases of {@link #play}.
 */
final class EngineScript implements ReassemblyListener {

    static final int CALL_BYTES = 8;

    private static final long MAX_BYTES = 64 << 10;
    private static final int SOURCES = 3;

    private final CountingAllocator allocator = new CountingAllocator();
    private final Reassembler engine;
    private final List<ShardSource> sources = new ArrayList<>();
    private final PacketReader reader = new PacketReader();
    private long now;
    private int delivered;

    EngineScript(boolean partial) {
        engine = Reassembler.builder()
                .hashKeys(3, 4)
                .allocator(allocator)
                .maxBytes(MAX_BYTES)
                .maxBytesPerSource(20_000)
                .maxMessageBytes(9_000)
                .maxMessagesPerSource(4)
                .maxSources(SOURCES)
                .unvalidatedPoolBytes(16 << 10)
                .finishedMemory(16)
                .deliverPartial(partial)
                .build(0);
        for (int i = 0; i < SOURCES; i++) {
            open(i != 0);
        }
    }

    private void open(boolean validated) {
        ShardSource source = engine.open(this, validated, now);
        if (source != null) {
            sources.add(source);
        }
    }

    /** Plays all calls, closes all sources, and returns how many messages were delivered. */
    int run(byte[] script) {
        ByteBuffer calls = ByteBuffer.wrap(script);
        while (calls.remaining() >= CALL_BYTES) {
            play(calls);
            assertTrue(engine.usedBytes() <= MAX_BYTES, "used");
            assertTrue(allocator.liveBytes() <= MAX_BYTES, "retained");
        }
        sources.forEach(engine::close);
        assertEquals(0, engine.usedBytes());
        assertEquals(0, engine.count(ReassemblyReason.LISTENER_FAILED));
        allocator.assertAllReleased();
        return delivered;
    }

    private void play(ByteBuffer calls) {
        int call = calls.get() & 0x0F;
        int slot = Byte.toUnsignedInt(calls.get()) % sources.size();
        ShardSource source = sources.get(slot);
        int a = Byte.toUnsignedInt(calls.get());
        int b = Byte.toUnsignedInt(calls.get());
        int c = Byte.toUnsignedInt(calls.get());
        int d = Byte.toUnsignedInt(calls.get());
        int e = calls.getShort() & 0xFFFF;
        switch (call) {
            case 0 -> raw(source, a, b, c, d, e);
            case 1 -> pass((long) e * (a + 1));
            case 2 -> collect(source);
            case 3 -> engine.abandon(source, a & 3, 500L * b, now);
            case 4 -> source.validate();
            case 5 -> reopen(slot, (a & 1) == 0);
            case 6 -> source.onPath((long) a << c % 40, (long) b << d % 40, e / 65_536.0);
            case 7 -> observe(source, a & 3);
            default -> sent(source, a, b, c, d);
        }
    }

    /** A shard as an honest sender, or one that damages a byte, would send it. */
    private void sent(ShardSource source, int a, int b, int c, int d) {
        int size = new int[] {16, 300, 500, 1_000}[b & 3];
        TestMessage message = new TestMessage(a & 3, 700 * (1 + (a >> 2 & 7)), size, 12).allocator(allocator);
        message.contract(Contract.values()[(a >> 5) % 3]).deadlineMillis(b >> 6 == 3 ? d : 0);
        if ((b & 0x20) != 0) {
            message.damage(c);
        }
        int block = c % message.blocks();
        int shards = message.shards(block);
        if (shards > 255) {
            return;
        }
        ByteBuf packet = message.packet(block, b >> 2 & 7, size, d % shards);
        if (reader.read(packet) == null) {
            engine.onShard(source, reader.shard(), packet, reader.bodyIndex(), reader.payloadCrc(), now);
        }
        packet.release();
    }

    /** A shard whose numbers no reader has checked. */
    private void raw(ShardSource source, int a, int b, int c, int d, int e) {
        ShardHeader header = new ShardHeader()
                .message(a & 3, (long) e << (a >> 2 & 31) & 0xFFFFFFFFL, a & 15, Contract.RELIABLE, 6 + (b & 15))
                .block(c, d, 16 + e % 900)
                .shard(d, e % 700, b);
        ByteBuf packet = allocator.buffer(1_024).writeZero(1_024);
        engine.onShard(source, header, packet, 0, e, now);
        packet.release();
    }

    private void pass(long micros) {
        now += micros * 1_000;
        engine.advance(now);
        assertTrue(engine.nextTimerNanos() > now, "a timer is overdue");
    }

    private void collect(ShardSource source) {
        AckFrame frame = new AckFrame();
        frame.reset(0, 0, 0, 0);
        frame.addRange(0, 0);
        engine.collectFeedback(source, frame, now);
        ByteBuf body = allocator.buffer();
        frame.write(body);
        assertTrue(new AckFrame().read(body, 0, body.readableBytes()), "a frame that can be read");
        body.release();
    }

    private void reopen(int slot, boolean validated) {
        engine.close(sources.get(slot));
        if (sources.size() > 1) {
            sources.remove(slot);
        }
        open(validated);
    }

    private void observe(ShardSource source, int id) {
        MessageProgress progress = engine.progress(source, id, now);
        if (progress != null) {
            double p = progress.completionProbability();
            assertTrue(p >= 0 && p <= 1, () -> "probability " + p);
            assertTrue(progress.expectedCompletionNanos() >= now);
        }
        assertTrue(source.heldMessages() <= 2 * 4, "held messages");
    }

    @Override
    public void onMessage(ShardSource source, MessageInfo info, ByteBuf message) {
        assertEquals(info.totalBytes() - 4, message.readableBytes());
        delivered++;
        message.release();
    }

    @Override
    public void onFailure(ShardSource source, MessageFailure failure) {
        ByteBuf partial = failure.partial();
        if (partial != null) {
            assertEquals(failure.info().totalBytes() - 4, partial.readableBytes());
            partial.release();
        }
        assertTrue(failure.holes().missingBytes() <= failure.info().totalBytes());
    }

    @Override
    public void onFeedbackDue(ShardSource source) {
        collect(source);
    }
}
