package io.foreshard.stackvirt.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReachTest {

    @Test
    void coversAColdStartAndASlot() {
        assertEquals(2, new Reach(700).slots());
        assertEquals(2, new Reach(1000).slots());
        assertEquals(3, new Reach(1001).slots());
        assertEquals(1, new Reach(0).slots());
    }

    @Test
    void followsATimeThatLastsAndNoneThatPasses() {
        Reach reach = new Reach(700);
        for (long slot = 0; slot < Reach.LASTS_SLOTS; slot++) {
            assertFalse(reach.changes(slot, 1500, false));
        }
        assertFalse(reach.changes(Reach.LASTS_SLOTS, 900, false), "it passed");
        long again = Reach.LASTS_SLOTS + 1;
        for (long slot = again; slot < again + Reach.LASTS_SLOTS; slot++) {
            assertFalse(reach.changes(slot, 1500, false));
        }
        assertTrue(reach.changes(again + Reach.LASTS_SLOTS, 1500, false));
        assertEquals(3, reach.slots());
    }

    @Test
    void aTimeThatSwaysAboutAWholeSlotChangesItOnceAtMost() {
        Reach reach = new Reach(700);
        int changes = 0;
        for (long slot = 0; slot < 20_000; slot++) {
            changes += reach.changes(slot, slot / 1000 % 2 == 0 ? 1050 : 950, false) ? 1 : 0;
        }
        assertEquals(1, changes);
        for (long slot = 20_000; slot < 21_000; slot++) {
            changes += reach.changes(slot, 500, false) ? 1 : 0;
        }
        assertEquals(2, changes, "half as long is no sway");
    }

    @Test
    void followsAtOnceWhereNothingWasLearned() {
        KindTraffic traffic = new KindTraffic(new TrafficExperience(), Optional.empty(), 10, 700);
        traffic.coldMillis(4500);
        traffic.tick(1_000_000);
        assertEquals(6000, traffic.outlook().windowMillis());
        traffic.coldMillis(700);
        traffic.tick(1_001_000);
        assertEquals(6000, traffic.outlook().windowMillis());
        for (int second = 2; second < 2 + Reach.LASTS_SLOTS; second++) {
            traffic.tick(1_000_000 + second * 1000L);
        }
        assertEquals(2000, traffic.outlook().windowMillis());
    }
}
