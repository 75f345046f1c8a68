package io.foreshard.shardcodec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class AckFrameTest {

    private static final long MAX_U32 = 0xFFFFFFFFL;

    private final AckFrame frame = new AckFrame();

    @Test
    void readsWhatWasWritten() {
        AckFrame read = new AckFrame();
        Property.named("acks survive the round trip").runs(1_000).check((random, size) -> {
            AckFrame written = RandomPackets.ack(random);
            ByteBuf body = Unpooled.buffer();
            written.write(body);
            assertEquals(written.encodedLength(), body.readableBytes());
            assertTrue(read.read(body, 0, body.readableBytes()));
            ByteBuf again = Unpooled.buffer();
            read.write(again);
            assertTrue(ByteBufUtil.equals(body, again));
        });
    }

    @Test
    void takesTheEndsOfTheNumberSpace() {
        frame.reset(0, 0, 0, 0);
        assertTrue(frame.addRange(-1, -1));
        assertTrue(frame.addRange(-3 - MAX_U32, -3));
        assertFalse(frame.addRange(0, 1), "a gap above 32 bits");
        frame.reset(0, 0, 0, 0);
        assertTrue(frame.addRange(Long.MAX_VALUE, Long.MIN_VALUE), "unsigned numbers pass 2^63 without notice");
        assertTrue(frame.addRange(Long.MAX_VALUE - 2, Long.MAX_VALUE - 2));
        frame.reset(0, 0, 0, 0);
        assertTrue(frame.addRange(2, 2));
        assertTrue(frame.addRange(0, 0));
    }

    @Test
    void leavesOutRangesThatCannotBeExpressed() {
        frame.reset(0, 0, 0, 0);
        assertFalse(frame.addRange(0, MAX_U32 + 1), "a span above 32 bits");
        assertFalse(frame.addRange(0, -1), "the whole number space");
        assertFalse(frame.addRange(6, 5), "upside down");
        assertTrue(frame.addRange(10, 20));
        assertFalse(frame.addRange(9, 9), "no gap");
        assertFalse(frame.addRange(15, 25), "overlap");
        assertFalse(frame.addRange(30, 40), "above the previous one");
        assertTrue(frame.addRange(8, 8));
        assertEquals(2, frame.rangeCount());
    }

    @Test
    void isFullAtItsLimits() {
        frame.reset(0, 0, 0, 0);
        for (int i = 0; i < AckFrame.MAX_RANGES; i++) {
            assertTrue(frame.addRange(1_000 - 2 * i, 1_000 - 2 * i));
        }
        assertFalse(frame.addRange(1, 1));
        for (int i = 0; i < AckFrame.MAX_BLOCKS; i++) {
            assertTrue(frame.addBlock(i, i, 0, 0, 255));
        }
        assertFalse(frame.addBlock(99, 0, 0, 0, 1));
        assertEquals(1004, frame.encodedLength());
    }

    @Test
    void clampsWhatDoesNotFit() {
        frame.reset(-5, -1, Long.MAX_VALUE, -1);
        assertEquals(0, frame.ackDelayMicros());
        assertEquals(-1, frame.receiveTimeMicros());
        assertEquals(MAX_U32, frame.creditBytes());
        assertEquals(0, frame.creditMessages());
    }

    @Test
    void forgetsTheBitsOfItsLastUse() {
        frame.reset(0, 0, 0, 0);
        frame.addRange(1, 1);
        frame.addBlock(1, 0, 0, AckFrame.BLOCK_REPAIR, 200);
        frame.markShard(199);
        frame.reset(0, 0, 0, 0);
        frame.addRange(1, 1);
        frame.addBlock(2, 0, 0, 0, 200);
        assertFalse(frame.hasShard(0, 199));
        assertFalse(frame.wantsRepair(0));
    }

    /** RakNet #102: an ACK of 200 ranges of 2^32 numbers froze the thread that walked them. */
    @Test
    void costsNothingMoreForRangesThatSpanTheNumberSpace() {
        ByteBuf body = Unpooled.buffer();
        frame.reset(0, 0, 0, 0);
        long high = -1;
        while (frame.addRange(high - MAX_U32, high)) {
            high -= 2 * MAX_U32 + 1;
        }
        assertEquals(AckFrame.MAX_RANGES, frame.rangeCount());
        frame.write(body);
        AckFrame read = new AckFrame();
        assertTrue(read.read(body, 0, body.readableBytes()));
        assertEquals(MAX_U32, read.rangeHigh(31) - read.rangeLow(31));
    }

    @Test
    void leavesOutWhatThePacketHasNoRoomFor() {
        AckFrame frame = new AckFrame();
        frame.reset(0, 0, 1, 1);
        frame.limitTo(64);
        assertTrue(frame.addRange(1_000, 1_000));
        assertTrue(frame.addBlock(1, 0, 0, 0, 58));
        assertFalse(frame.addBlock(2, 0, 0, 0, 58));
        assertFalse(frame.addRange(10, 10));
        assertTrue(frame.encodedLength() <= 64);
    }
}
