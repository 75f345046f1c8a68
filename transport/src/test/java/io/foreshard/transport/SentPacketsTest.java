package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SentPacketsTest {

    private record Model(long nanos, int bytes, byte state) {}

    @Test
    void agreesWithAMapInAnyOrderOfEvents() {
        Property.named("sent packets agree with a map").runs(40).maxSize(3000).check((random, size) -> {
            SentPackets sent = new SentPackets();
            Map<Long, Model> model = new TreeMap<>();
            for (int step = 0; step < size; step++) {
                long next = sent.nextNumber();
                switch (random.nextInt(5)) {
                    case 0, 1 -> {
                        sent.add(step, 1 + step, null, step, 0, 0, 0, false);
                        model.put(next, new Model(step, 1 + step, SentPackets.IN_FLIGHT));
                    }
                    case 2 -> sent.addUntracked(step);
                    case 3 -> settle(sent, model, random.nextInt(), SentPackets.ACKED);
                    default -> settle(sent, model, random.nextInt(), SentPackets.LOST);
                }
                long inFlight = model.values().stream()
                        .filter(m -> m.state() == SentPackets.IN_FLIGHT)
                        .mapToLong(Model::bytes)
                        .sum();
                assertEquals(inFlight, sent.inFlightBytes());
            }
            model.forEach((number, packet) -> {
                if (packet.state() != SentPackets.ACKED) {
                    assertEquals(packet.state(), sent.state(number));
                    assertEquals(packet.nanos(), sent.sentNanos(number));
                    assertEquals(packet.bytes(), sent.bytes(number));
                    assertEquals(packet.nanos(), sent.shard(number));
                }
            });
        });
    }

    private static void settle(SentPackets sent, Map<Long, Model> model, int choice, byte state) {
        model.entrySet().stream()
                .filter(entry -> entry.getValue().state() == SentPackets.IN_FLIGHT)
                .skip(Math.floorMod(choice, 10))
                .findFirst()
                .ifPresent(entry -> {
                    sent.settle(entry.getKey(), state);
                    Model packet = entry.getValue();
                    entry.setValue(new Model(packet.nanos(), packet.bytes(), state));
                });
    }

    @Test
    void hasNoRoomWhenTooManyAreNotSettledAndHasItAgainAfterwards() {
        SentPackets sent = new SentPackets();
        int count = 0;
        while (sent.hasRoom()) {
            sent.add(count, 1, null, 0, 0, 0, 0, false);
            count++;
        }
        assertEquals(1 << 16, count);
        sent.settle(0, SentPackets.ACKED);
        assertTrue(sent.hasRoom());
    }

    @Test
    void aLostPacketStaysVisibleUntilItIsForgotten() {
        SentPackets sent = new SentPackets();
        sent.add(1, 100, null, 0, 0, 0, 0, false);
        sent.add(2, 100, null, 0, 0, 0, 0, false);
        sent.settle(0, SentPackets.LOST);
        assertTrue(sent.contains(0));
        sent.forgetBelow(1);
        assertFalse(sent.contains(0));
        sent.forgetBelow(5);
        assertTrue(sent.contains(1), "in flight is never forgotten");
    }
}
