package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OutboundBlockTest {

    private static OutboundBlock block(int bytes, int shardSize) {
        OutboundMessage message = new OutboundMessage(
                Unpooled.wrappedBuffer(new byte[bytes]),
                MessageOptions.reliable(),
                ImmediateEventExecutor.INSTANCE.newPromise(),
                (timedOut, now) -> {});
        message.start(1, 16);
        OutboundBlock block = new OutboundBlock(message, 0, shardSize, false);
        message.add(block);
        return block;
    }

    @Test
    void agreesWithSetsInAnyOrderOfArrivalsAndRepairs() {
        Property.named("a block agrees with sets").runs(60).maxSize(600).check((random, size) -> {
            OutboundBlock block = block(60_000, 240 + random.nextInt(2000));
            TreeSet<Integer> missing = new TreeSet<>();
            TreeSet<Integer> repair = new TreeSet<>();
            for (int i = 0; i < block.shardCount(); i++) {
                missing.add(i);
            }
            for (int step = 0; step < size; step++) {
                int index = random.nextInt(block.shardCount());
                if (random.nextInt(3) == 0) {
                    assertEquals(repair.add(index), block.markForRepair(index));
                } else if (random.nextInt(2) == 0) {
                    block.onSent(index, 0, step);
                    repair.remove(index);
                    assertTrue(block.wasLastSentAs(index, 0, step));
                } else if (!block.hasArrived(index)) {
                    missing.remove(index);
                    repair.remove(index);
                    assertEquals(missing.isEmpty(), block.onArrived(index));
                }
                assertEquals(repair.isEmpty() ? -1 : repair.first(), block.nextRepair());
                assertEquals(!missing.contains(index), block.hasArrived(index));
            }
        });
    }

    @Test
    void aNewGenerationStartsFromNothingAndTheLastOneIsThe255th() {
        OutboundBlock block = block(10_000, 1000);
        int tag = block.tag(3);
        block.onSent(3, 0, 5);
        block.onArrived(3);
        assertTrue(block.renew(500, false));
        assertFalse(block.isCurrent(tag));
        assertFalse(block.hasArrived(3));
        assertEquals(21, block.shardCount());
        assertEquals(0, block.nextUnsent());
        for (int generation = 2; generation <= 255; generation++) {
            assertTrue(block.renew(500, false));
        }
        assertFalse(block.renew(500, false));
    }
}
