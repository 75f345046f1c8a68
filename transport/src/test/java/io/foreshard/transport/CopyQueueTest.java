package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.ImmediateEventExecutor;
import org.junit.jupiter.api.Test;

class CopyQueueTest {

    private final CopyQueue copies = new CopyQueue();
    private final OutboundBlock block = block();

    private static OutboundBlock block() {
        OutboundMessage message = new OutboundMessage(
                Unpooled.wrappedBuffer(new byte[60_000]),
                MessageOptions.reliable(),
                ImmediateEventExecutor.INSTANCE.newPromise(),
                (timedOut, now) -> {});
        message.start(1, 16);
        OutboundBlock block = new OutboundBlock(message, 0, 1000, false);
        message.add(block);
        return block;
    }

    private void add(int index, long atNanos) {
        copies.add(block, block.tag(index), atNanos, TransportReason.REPAIR_COPIED);
    }

    @Test
    void copiesLeaveInOrderAndNotBeforeTheirTime() {
        add(3, 100);
        add(4, 50);
        assertFalse(copies.isDue(99));
        assertTrue(copies.isDue(100));
        assertEquals(block.tag(3), copies.tag());
        copies.remove();
        assertEquals(100, copies.nextNanos(), "what was added later leaves later");
        copies.remove();
        assertEquals(Long.MAX_VALUE, copies.nextNanos());
    }

    @Test
    void aCopyIsDroppedWhenTheShardHasArrived() {
        add(3, 100);
        add(4, 100);
        block.onArrived(3);
        assertTrue(copies.isDue(100));
        assertEquals(block.tag(4), copies.tag());
    }

    @Test
    void copiesAreDroppedWhenTheirGenerationOrMessageHasEnded() {
        add(3, 100);
        block.renew(900, false);
        assertFalse(copies.isDue(100));
        add(3, 100);
        block.message.close();
        assertFalse(copies.isDue(100));
    }

    @Test
    void aProbeHasNoBlock() {
        copies.addProbe(17, 100);
        assertTrue(copies.isDue(100));
        assertNull(copies.block());
        assertEquals(17, copies.tag());
    }

    @Test
    void holdsABoundedNumber() {
        for (int i = 0; i < 1000; i++) {
            add(i % 60, i);
        }
        int held = 0;
        while (copies.isDue(1000)) {
            assertEquals(block.tag(held % 60), copies.tag());
            copies.remove();
            held++;
        }
        assertEquals(128, held);
    }
}
