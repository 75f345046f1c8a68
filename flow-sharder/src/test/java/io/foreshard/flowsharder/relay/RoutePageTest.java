package io.foreshard.flowsharder.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The header that the page shows, byte by byte, is the one that is sent. */
class RoutePageTest {

    private static final RouteKey KEY = new RouteKey("fedcba9876543210".getBytes(StandardCharsets.US_ASCII));
    private static final RouteHeader HEADER = KEY.sign(RouteHeader.to("edge.example.org:4433", 1_800_000_000L, 7, 8));

    @Test
    void showsTheHeaderThatIsSent() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "flow-sharder.md")).replaceAll("\\s+", "");
        String hex = ByteBufUtil.hexDump(RelayRig.bytes(HEADER));
        assertTrue(page.contains("ROUTE" + hex), hex);
    }

    @Test
    void aHeaderComesBackAndLeavesTheRest() {
        ByteBuf bytes = RelayRig.bytes(HEADER).writeByte(77);
        RouteHeader read = RouteHeader.read(bytes);
        assertEquals(HEADER, read);
        assertTrue(KEY.isGenuine(read));
        assertEquals(77, bytes.readByte());
        assertFalse(bytes.isReadable());
    }

    @Test
    void aHopHasItsBounds() {
        assertThrows(IllegalArgumentException.class, () -> RouteHeader.to("", 1, 2, 3));
        assertThrows(IllegalArgumentException.class, () -> RouteHeader.to("é".repeat(128), 1, 2, 3));
        assertEquals(
                RouteHeader.MAX_BYTES, RouteHeader.to("x".repeat(255), 1, 2, 3).bytes());
    }
}
