package io.foreshard.flowsharder.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.CountingAllocator;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SendBufferTest {

    private final CountingAllocator allocator = new CountingAllocator();
    private final SendBuffer buffer = new SendBuffer();

    private void append(String text) {
        buffer.append(allocator.buffer(text.length()).writeBytes(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private String slice(long offset, int most) {
        ByteBuf slice = buffer.slice(offset, buffer.lengthAt(offset, most));
        String text = slice.toString(StandardCharsets.US_ASCII);
        slice.release();
        return text;
    }

    @Test
    void givesAnyPartOfWhatIsHeld() {
        append("abcd");
        append("");
        append("efgh");
        append("ij");
        assertEquals(10, buffer.end());
        assertEquals("bcd", slice(1, 100));
        assertEquals("e", slice(4, 1));
        assertEquals("h", slice(7, 5));
        assertEquals("ij", slice(8, 5));
        buffer.deliveredTo(6);
        assertEquals("gh", slice(6, 5));
        assertThrows(IllegalStateException.class, () -> buffer.slice(3, 1));
        assertThrows(IllegalStateException.class, () -> buffer.slice(10, 1));
        buffer.close();
        assertEquals(0, buffer.heldBytes());
        allocator.assertAllReleased();
    }

    @Test
    void aPartThatIsUnderWayOutlivesItsDelivery() {
        append("abcd");
        ByteBuf slice = buffer.slice(0, 2);
        buffer.deliveredTo(4);
        assertEquals(0, buffer.heldBytes());
        assertEquals("ab", slice.toString(StandardCharsets.US_ASCII));
        slice.release();
        allocator.assertAllReleased();
    }

    /** A byte that came in a buffer of its own would be a frame of its own, and hold the buffer. */
    @Test
    void putsWhatComesInSmallPiecesTogether() {
        for (char letter = 'a'; letter <= 'z'; letter++) {
            buffer.append(allocator.buffer(2_048).writeByte(letter));
            if (letter == 'c') {
                assertEquals("bc", slice(1, 100));
            }
        }
        assertEquals("abcdefghijklmnopqrstuvwxyz", slice(0, 100));
        assertTrue(buffer.heldBytes() <= 1_024, () -> buffer.heldBytes() + " bytes held");
        buffer.close();
        allocator.assertAllReleased();
    }
}
