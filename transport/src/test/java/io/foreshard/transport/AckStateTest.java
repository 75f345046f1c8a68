package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.AckFrame;
import io.foreshard.simulator.Property;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AckStateTest {

    @Test
    void acceptsEachNumberOnceInAnyOrderAndReportsWhatArrived() {
        Property.named("each number counts once").runs(50).maxSize(2000).check((random, size) -> {
            AckState acks = new AckState();
            Set<Long> seen = new HashSet<>();
            for (int i = 0; i < size; i++) {
                long number = Math.max(0, i + random.nextInt(40) - 20);
                assertEquals(seen.add(number), acks.onPacket(number, true, false, i));
            }
            AckFrame frame = new AckFrame();
            acks.fill(frame, 1004, 1, 1, size);
            long largest = seen.stream().mapToLong(n -> n).max().orElseThrow();
            assertEquals(largest, frame.largest());
            for (int range = 0; range < frame.rangeCount(); range++) {
                for (long number = frame.rangeLow(range); number <= frame.rangeHigh(range); number++) {
                    assertTrue(seen.contains(number), "acknowledged and never seen: " + number);
                }
                assertFalse(seen.contains(frame.rangeLow(range) - 1));
            }
        });
    }

    @Test
    void isDueAfterEightPacketsOrTwoMillisecondsOrAtOnceOnAGap() {
        AckState acks = new AckState();
        for (int i = 0; i < 7; i++) {
            acks.onPacket(i, true, false, 0);
        }
        assertFalse(acks.isDue(1_999_999));
        assertTrue(acks.isDue(2_000_000));
        acks.onPacket(7, true, false, 0);
        assertTrue(acks.isDue(0));
        acks.onAckSent();
        assertFalse(acks.isDue(1L << 50));
        acks.onPacket(9, true, false, 0);
        assertTrue(acks.isDue(0), "8 is missing");
        acks.onAckSent();
        acks.onPacket(8, false, false, 0);
        assertFalse(acks.isDue(1L << 50), "an acknowledgement is not acknowledged");
        acks.onPacket(10, true, true, 0);
        assertTrue(acks.isDue(0), "asked for");
    }

    @Test
    void aNumberFarAheadCountsOnlyOnceAnotherConfirmsIt() {
        AckState acks = new AckState();
        assertFalse(acks.onPacket(5_000, true, false, 0), "the first is not far from the start");
        assertTrue(acks.onPacket(0, true, false, 0));
        assertFalse(acks.onPacket(1L << 40, true, false, 0));
        assertTrue(acks.onPacket(1, true, false, 0));
        assertFalse(acks.onPacket(9_000, true, false, 0));
        assertFalse(acks.onPacket(9_000, true, false, 0), "not by itself");
        assertTrue(acks.onPacket(9_001, true, false, 0), "as after an outage");
        assertFalse(acks.onPacket(-1, true, false, 0));
        assertFalse(acks.onPacket(Long.MIN_VALUE, true, false, 0));
    }
}
