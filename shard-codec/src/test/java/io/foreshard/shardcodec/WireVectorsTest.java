package io.foreshard.shardcodec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Vectors that must decode for as long as version 1 lives. They are never regenerated: a failure is a broken promise. */
class WireVectorsTest {

    private final PacketText decoder = new PacketText();

    static Stream<VectorFile> valid() {
        return VectorFile.in("v1");
    }

    static Stream<VectorFile> dropped() {
        return VectorFile.in("v1/dropped");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void decodesToTheCommittedFields(VectorFile vector) {
        assertNull(decoder.read(vector.packet()));
        Map<String, String> expected = new LinkedHashMap<>(vector.fields());
        expected.remove("reencoded");
        assertEquals(expected, decoder.fields());
    }

    @ParameterizedTest
    @MethodSource("valid")
    void encodesToTheCommittedBytes(VectorFile vector) {
        ByteBuf committed = vector.packet();
        ByteBuf payload = committed.slice(
                Math.min(WireFormat.SHARD_OVERHEAD_BYTES, committed.readableBytes()),
                Math.max(0, committed.readableBytes() - WireFormat.SHARD_OVERHEAD_BYTES));
        ByteBuf written = new TextPacket(vector.fields()).write(payload);
        boolean identical = ByteBufUtil.equals(committed, written);
        assertEquals(
                vector.fields().get("reencoded").equals("identical"), identical, () -> ByteBufUtil.hexDump(written));
    }

    @ParameterizedTest
    @MethodSource("dropped")
    void dropsForTheCommittedReason(VectorFile vector) {
        assertEquals(vector.fields().get("drop"), String.valueOf(refusal(vector)));
    }

    private WireReason refusal(VectorFile vector) {
        if (vector.fields().get("carriage").equals("datagram")) {
            return decoder.read(vector.packet());
        }
        List<WireReason> drops = new ArrayList<>();
        EmbeddedChannel channel = new EmbeddedChannel(new PacketFrameDecoder(drops::add));
        channel.writeInbound(vector.packet());
        assertEquals(1, drops.size());
        assertTrue(!channel.isOpen(), "a stream without frame borders is closed");
        return drops.get(0);
    }

    @Test
    void everyKindOfVersionOneHasAVector() {
        Set<PacketKind> expected = EnumSet.allOf(PacketKind.class);
        expected.removeIf(PacketKind::isReserved);
        Set<PacketKind> found = valid().map(
                        vector -> PacketKind.valueOf(vector.fields().get("kind")))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(PacketKind.class)));
        assertEquals(expected, found);
    }

    @Test
    void everyReasonHasAVector() {
        Set<WireReason> found = dropped()
                .map(vector -> WireReason.valueOf(vector.fields().get("drop")))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(WireReason.class)));
        assertEquals(EnumSet.allOf(WireReason.class), found);
    }
}
