package io.foreshard.shardcodec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.CountingAllocator;
import io.foreshard.simulator.Property;
import io.foreshard.simulator.SeededRandom;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PacketReaderTest {

    private final RandomPackets packets = new RandomPackets();
    private final PacketText text = new PacketText();
    private final PacketReader reader = new PacketReader();

    @Test
    void readsWhatWasWrittenAndWritesItAgainAlike() {
        Property.named("packets survive the round trip").runs(2_000).check((random, size) -> {
            ByteBuf packet = packets.any(random);
            assertNull(text.read(packet));
            Map<String, String> fields = new TreeMap<>(text.fields());
            ByteBuf payload = packet.slice(
                    Math.min(WireFormat.SHARD_OVERHEAD_BYTES, packet.readableBytes()),
                    Math.max(0, packet.readableBytes() - WireFormat.SHARD_OVERHEAD_BYTES));
            fields.putIfAbsent("packetBytes", String.valueOf(packet.readableBytes()));
            ByteBuf again = new TextPacket(fields).write(payload);
            assertTrue(ByteBufUtil.equals(packet, again), () -> ByteBufUtil.hexDump(packet));
        });
    }

    @Test
    void noticesEveryFlippedBit() {
        Property.named("each flipped bit is noticed").runs(40).check((random, size) -> {
            ByteBuf packet = packets.any(random);
            for (int bit = 0; bit < packet.readableBytes() * 8; bit++) {
                flip(packet, bit);
                assertNotNull(reader.read(packet), "bit " + bit);
                flip(packet, bit);
            }
            assertNull(reader.read(packet));
        });
    }

    private static void flip(ByteBuf packet, int bit) {
        packet.setByte(bit >>> 3, packet.getByte(bit >>> 3) ^ 1 << (bit & 7));
    }

    @Test
    void dropsEveryTruncation() {
        Property.named("each truncation is dropped").runs(100).check((random, size) -> {
            ByteBuf packet = packets.any(random);
            for (int length = 0; length < packet.readableBytes(); length++) {
                assertNotNull(reader.read(packet.slice(0, length)), "length " + length);
            }
        });
    }

    @Test
    void callsAShardWithBytesTooManyMergedAndWithOneTooFewTruncated() {
        ByteBuf packet = packets.shard(new SeededRandom(5), 2_000);
        assertEquals(WireReason.TRUNCATED, reader.read(packet.slice(0, packet.readableBytes() - 1)));
        assertEquals(WireReason.MERGED, reader.read(packet.copy().writeByte(0)));
        assertEquals(WireReason.MERGED, reader.read(Unpooled.wrappedBuffer(packet, packet)));
    }

    @Test
    void neverThrowsOnNoise() {
        Property.named("noise is dropped").runs(5_000).maxSize(200).check((random, size) -> {
            byte[] noise = random.bytes(size);
            if (random.chance(0.8)) {
                noise[0] = WireFormat.FIXED_BIT | WireFormat.VERSION;
                noise[size > 1 ? 1 : 0] = (byte) random.nextInt(13);
            }
            assertNotNull(reader.read(Unpooled.wrappedBuffer(noise)));
        });
    }

    /** An attacker computes checksums like anybody else: the bodies see his bytes. */
    @Test
    void bodiesNeverThrowOnNoiseThatIsSealed() {
        PacketWriter writer = new PacketWriter();
        Property.named("sealed noise is parsed or dropped")
                .runs(20_000)
                .maxSize(700)
                .check((random, size) -> {
                    PacketKind kind = PacketKind.values()[random.nextInt(10)];
                    ByteBuf packet = Unpooled.buffer();
                    writer.begin(packet, kind, 0, 0, 1, 2, 3);
                    packet.writeBytes(random.chance(0.3) ? new byte[size] : random.bytes(size));
                    if (kind == PacketKind.SHARD) {
                        sealShard(packet, new Crc32c());
                    } else {
                        writer.finishControl(packet);
                    }
                    WireReason reason = text.read(packet);
                    assertTrue(reason != WireReason.HEADER_CORRUPT && reason != WireReason.PAYLOAD_CORRUPT);
                    assertEquals(0, packet.readerIndex());
                });
    }

    static void sealShard(ByteBuf packet, Crc32c crc) {
        int payload = WireFormat.SHARD_OVERHEAD_BYTES;
        if (packet.writerIndex() >= payload) {
            packet.setInt(payload - 8, crc.of(packet, payload, packet.writerIndex() - payload));
            packet.setInt(payload - 4, crc.of(packet, 0, payload - 4));
        }
    }

    @Test
    void readsAtAnyIndexAndLeavesTheBufferAsItWas() {
        CountingAllocator allocator = new CountingAllocator();
        ByteBuf packet = packets.shard(new SeededRandom(9), 5_000);
        ByteBuf datagram = allocator.directBuffer().writeZero(13).writeBytes(packet, 0, packet.readableBytes());
        datagram.skipBytes(13);
        assertNull(reader.read(datagram));
        assertEquals(13, datagram.readerIndex());
        assertEquals(1, datagram.refCnt());
        assertEquals(13 + WireFormat.SHARD_OVERHEAD_BYTES, reader.bodyIndex());
        assertEquals(reader.payloadCrc(), new Crc32c().of(datagram, reader.bodyIndex(), reader.bodyLength()));
        datagram.release();
        allocator.assertAllReleased();
    }

    @Test
    void aWriterStartsWhereTheBufferEnds() {
        ByteBuf out = Unpooled.buffer().writeZero(7);
        PacketWriter writer = new PacketWriter();
        writer.begin(out, PacketKind.PROBE, 0, 1, 2, 3, 4);
        writer.finishControl(out);
        assertNull(reader.read(out.skipBytes(7)));
        assertEquals(PacketKind.PROBE, reader.kind());
    }

    @Test
    void aLongDeadlineIsSentAsTheLongest() {
        ShardHeader header = new ShardHeader().shard(0, 1, 120_000);
        assertEquals(WireFormat.MAX_DEADLINE_MILLIS, header.deadlineMillis());
    }
}
