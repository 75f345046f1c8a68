package io.foreshard.shardcodec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.foreshard.simulator.CountingAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;

/** Feeds byte streams in chunks to the frame decoder; see {@link PacketFuzzTest} for how it runs. */
class PacketFrameDecoderFuzzTest {

    /** The first byte says how long the chunks are. */
    @FuzzTest(maxDuration = "3m")
    void aStreamIsCutOrClosedAndNothingIsLeft(byte[] input) {
        CountingAllocator allocator = new CountingAllocator(false, false);
        List<WireReason> drops = new ArrayList<>();
        EmbeddedChannel channel = new EmbeddedChannel(new PacketFrameDecoder(drops::add));
        channel.config().setAllocator(allocator);
        int chunk = input.length == 0 ? 1 : 1 + (input[0] & 0xFF);
        int delivered = 0;
        for (int at = 1; at < input.length && channel.isOpen(); at += chunk) {
            int length = Math.min(chunk, input.length - at);
            channel.writeInbound(allocator.buffer(length).writeBytes(input, at, length));
            delivered += takeAll(channel);
        }
        channel.finish();
        delivered += takeAll(channel);
        assertTrue(delivered <= input.length);
        assertTrue(drops.isEmpty() || drops.equals(List.of(WireReason.BAD_FRAME_LENGTH)), drops::toString);
        allocator.assertAllReleased();
        assertEquals(0, allocator.liveBytes());
    }

    private static int takeAll(EmbeddedChannel channel) {
        int bytes = 0;
        for (ByteBuf packet = channel.readInbound(); packet != null; packet = channel.readInbound()) {
            assertTrue(packet.readableBytes() >= WireFormat.CONTROL_OVERHEAD_BYTES);
            bytes += packet.readableBytes();
            packet.release();
        }
        return bytes;
    }
}
