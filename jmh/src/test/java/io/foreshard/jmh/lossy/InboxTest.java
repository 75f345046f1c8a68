package io.foreshard.jmh.lossy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class InboxTest {

    private final Contents contents = new Contents();
    private final Inbox inbox = new Inbox(contents, 2);

    @Test
    void countsAMessageOnce() {
        inbox.accept(message(1));
        long first = inbox.arrivedNanos(1);
        inbox.accept(message(1));
        assertNotEquals(0, first);
        assertEquals(first, inbox.arrivedNanos(1));
        assertEquals(0, inbox.arrivedNanos(0));
        assertEquals(1, inbox.missing());
        assertEquals(0, inbox.faults());
    }

    @Test
    void refusesAMessageWithOneWrongByte() {
        ByteBuf damaged = message(1);
        damaged.setByte(40_000, damaged.getByte(40_000) ^ 1);
        inbox.accept(damaged);
        assertRefused();
    }

    @Test
    void refusesAMessageWithThePartsOfAnother() {
        ByteBuf mixed = message(0);
        mixed.setBytes(1200, message(1), 1200, 1200);
        inbox.accept(mixed);
        assertRefused();
    }

    @Test
    void refusesAShortMessageAndAStrangeIndex() {
        inbox.accept(message(0).slice(0, Arrivals.MESSAGE_BYTES - 1));
        inbox.accept(message(2));
        assertEquals(2, inbox.missing());
        assertEquals(2, inbox.faults());
    }

    private ByteBuf message(int index) {
        return Unpooled.wrappedBuffer(contents.message(index));
    }

    private void assertRefused() {
        assertEquals(2, inbox.missing());
        assertEquals(1, inbox.faults());
    }
}
