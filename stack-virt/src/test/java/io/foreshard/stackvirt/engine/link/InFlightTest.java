package io.foreshard.stackvirt.engine.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InFlightTest {

    @Test
    void behavesLikeAMap() {
        for (int run = 0; run < 20; run++) {
            long seed = new Random().nextLong();
            Random random = new Random(seed);
            InFlight inFlight = new InFlight(500);
            Map<Long, Integer> expected = new HashMap<>();
            for (int i = 0; i < 5000; i++) {
                long key = random.nextBoolean() ? random.nextInt(200) : random.nextInt(200) * 0x100000000L;
                if (random.nextInt(5) < 2) {
                    assertEquals(expected.remove(key) != null, inFlight.remove(key), () -> "seed " + seed);
                } else if (!inFlight.isFull()) {
                    int bytes = random.nextInt(1000);
                    assertEquals(
                            expected.putIfAbsent(key, bytes) == null, inFlight.add(key, bytes), () -> "seed " + seed);
                }
                assertEquals(expected.containsKey(key), inFlight.contains(key), () -> "seed " + seed);
            }
            assertEquals(
                    expected.values().stream().mapToLong(Integer::longValue).sum(), inFlight.total());
            assertEquals(false, inFlight.isFull());
        }
    }

    @Test
    void isFullAtItsBound() {
        InFlight inFlight = new InFlight(2);
        inFlight.add(1, 0);
        assertEquals(false, inFlight.isFull());
        inFlight.add(2, 0);
        assertEquals(true, inFlight.isFull());
    }
}
