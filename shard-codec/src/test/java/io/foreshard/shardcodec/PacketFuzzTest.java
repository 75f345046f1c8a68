package io.foreshard.shardcodec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.TreeMap;

/**
 * Feeds datagrams to the reader and to the decoder of every body. Replays the committed inputs as an ordinary test; with
 * {@code JAZZER_FUZZ=1} and one method chosen it looks for new ones.
 */
class PacketFuzzTest {

    private final PacketText text = new PacketText();

    @FuzzTest(maxDuration = "3m")
    void aDatagramIsReadOrDropped(byte[] datagram) {
        ByteBuf packet = Unpooled.wrappedBuffer(datagram);
        text.read(packet);
        assertEquals(0, packet.readerIndex());
        assertEquals(1, packet.refCnt());
    }

    /** Checksums stop a fuzzer, not an attacker: here they are put right, so that the bodies are reached. */
    @FuzzTest(maxDuration = "3m")
    void aSealedPacketThatIsReadMeansTheSameWhenWrittenAgain(byte[] datagram) {
        ByteBuf packet = Unpooled.wrappedBuffer(datagram.clone());
        seal(packet);
        if (text.read(packet) != null) {
            return;
        }
        Map<String, String> fields = new TreeMap<>(text.fields());
        fields.putIfAbsent("packetBytes", String.valueOf(packet.readableBytes()));
        int payload = Math.min(WireFormat.SHARD_OVERHEAD_BYTES, packet.readableBytes());
        ByteBuf again = new TextPacket(fields).write(packet.slice(payload, packet.readableBytes() - payload));
        assertNull(text.read(again));
        assertTrue(fields.entrySet().containsAll(text.fields().entrySet()), () -> fields + " became " + text.fields());
    }

    private static void seal(ByteBuf packet) {
        if (packet.readableBytes() < WireFormat.CONTROL_OVERHEAD_BYTES) {
            return;
        }
        packet.setByte(0, WireFormat.FIXED_BIT | WireFormat.VERSION);
        boolean shard = packet.getByte(1) == PacketKind.SHARD.code();
        int headers = WireFormat.PACKET_HEADER_BYTES + (shard ? WireFormat.SHARD_HEADER_BYTES : 0);
        int body = headers + WireFormat.INTEGRITY_BYTES;
        if (packet.readableBytes() >= body) {
            Crc32c crc = new Crc32c();
            packet.setInt(headers, crc.of(packet, body, packet.readableBytes() - body));
            packet.setInt(headers + 4, crc.of(packet, 0, headers + 4));
        }
    }
}
