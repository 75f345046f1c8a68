package io.foreshard.flowsharder.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The frames that the page shows, byte by byte, are those that are sent. */
class ProtocolPageTest {

    private final Map<String, String> frames = new LinkedHashMap<>();

    private void note(String name, ByteBuf frame) {
        frames.put(name, ByteBufUtil.hexDump(frame));
        frame.release();
    }

    private void writeAll() {
        JoinKey key = new JoinKey("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        FrameWriter there = new FrameWriter(UnpooledByteBufAllocator.DEFAULT);
        FrameWriter back = new FrameWriter(UnpooledByteBufAllocator.DEFAULT);
        JoinToken token = key.sign(new JoinToken(
                LegFormat.VERSION, 0x0011223344556677L, 0x8899AABBCCDDEEFFL, 2, 1, 1_800_000_000L, 3, 4, 0, 0));
        JoinProof proof = key.answer(token, 5, 6);
        note("JOIN", there.join(token));
        note("JOINED", back.joined(proof));
        there.key(key.checksumKey(token, proof));
        back.key(key.checksumKey(token, proof));
        note("OPEN", there.open(1, 65_536, "example.org:80"));
        ByteBuf payload = Unpooled.copiedBuffer("GET", StandardCharsets.US_ASCII);
        ByteBuf header = there.dataHeader(1, 0, payload, false, false);
        note("DATA", Unpooled.wrappedBuffer(header, payload));
        AckRanges ranges = new AckRanges();
        ranges.add(5, 9);
        note("ACK", back.ack(1, 3, 65_539, ranges, true));
        note("LEG_ACK", back.legAck(there.bytes()));
        note("RESET", there.reset(1, 7));
        note("LEAVE", there.leave());
    }

    @Test
    void showsTheFramesThatAreSent() throws IOException {
        writeAll();
        String page = Files.readString(Path.of("..", "docs", "flow-sharder.md")).replaceAll("\\s+", "");
        frames.forEach((name, hex) -> assertTrue(page.contains(hex), () -> name + " " + hex));
    }
}
