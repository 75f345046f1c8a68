package io.foreshard.jmh.shaper.overload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ContentionTest {

    @Test
    void servesOneAloneInItsOwnTime() {
        assertEquals(200, Contention.SERVER.perSecond(1), 1e-9);
    }

    @Test
    void isBestWithSevenAndHalfAsGoodWithAllThreads() {
        assertEquals(Contention.SERVER.mostPerSecond(), Contention.SERVER.perSecond(7));
        assertTrue(Contention.SERVER.perSecond(32) < 0.5 * Contention.SERVER.mostPerSecond());
    }
}
