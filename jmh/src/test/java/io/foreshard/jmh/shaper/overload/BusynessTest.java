package io.foreshard.jmh.shaper.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BusynessTest {

    private final Busyness busyness = new Busyness(2, 0);

    @Test
    void isTheMeanShareOfBusyProcessors() {
        busyness.enter(0);
        busyness.enter(50);
        busyness.leave(75);
        assertEquals((0.5 * 50 + 25 + 0.5 * 25) / 100, busyness.share(100), 1e-9);
    }

    @Test
    void isNoMoreThanAllOfThem() {
        for (int request = 1; request <= 5; request++) {
            assertEquals(request, busyness.enter(0));
        }
        assertEquals(1, busyness.share(100), 1e-9);
    }

    @Test
    void beginsAnewWithEachQuestion() {
        busyness.enter(0);
        busyness.leave(100);
        assertEquals(0.5, busyness.share(100), 1e-9);
        assertEquals(0, busyness.share(200), 1e-9);
        assertEquals(0, busyness.share(200), 1e-9);
    }
}
