package io.foreshard.jmh.shaper.mice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.jmh.run.Schedule;
import org.junit.jupiter.api.Test;

class MiceTallyTest {

    private static final long MILLI = 1_000_000;

    private final MiceTally tally = new MiceTally(3);

    MiceTallyTest() {
        tally.count(new Schedule(0, 100 * MILLI, 1_100 * MILLI, 1_200 * MILLI, 2_000 * MILLI));
    }

    @Test
    void countsMiceByWhenTheyWereDue() {
        tally.arrived(1, 0, 99 * MILLI, 200 * MILLI);
        tally.arrived(1, 1, 100 * MILLI, 105 * MILLI);
        tally.arrived(1, 2, 1_099 * MILLI, 1_900 * MILLI);
        tally.arrived(1, 3, 1_100 * MILLI, 1_101 * MILLI);
        assertEquals(2, tally.miceArrived());
        assertEquals(5.0 * MILLI, tally.miceNanos(50));
        assertEquals(801.0 * MILLI, tally.miceNanos(99));
    }

    @Test
    void countsWhatArrivesTwiceOnce() {
        tally.arrived(2, 7, 200 * MILLI, 210 * MILLI);
        tally.arrived(2, 7, 200 * MILLI, 230 * MILLI);
        tally.arrived(Packet.ELEPHANT, 7, 200 * MILLI, 210 * MILLI);
        tally.arrived(Packet.ELEPHANT, 7, 200 * MILLI, 230 * MILLI);
        assertEquals(1, tally.miceArrived());
        assertEquals(1, tally.elephantArrived());
    }

    @Test
    void takesJitterFromSuccessivePacketsOfOneMouse() {
        tally.arrived(1, 0, 200 * MILLI, 210 * MILLI);
        tally.arrived(2, 0, 200 * MILLI, 290 * MILLI);
        tally.arrived(1, 1, 300 * MILLI, 314 * MILLI);
        tally.arrived(1, 2, 400 * MILLI, 412 * MILLI);
        assertEquals(3.0 * MILLI, tally.jitterNanos());
    }

    @Test
    void countsTheElephantByWhenItArrives() {
        tally.arrived(Packet.ELEPHANT, 0, 10 * MILLI, 99 * MILLI);
        tally.arrived(Packet.ELEPHANT, 1, 20 * MILLI, 120 * MILLI);
        tally.arrived(Packet.ELEPHANT, 2, 1_000 * MILLI, 1_100 * MILLI);
        assertEquals(1, tally.elephantArrived());
        assertEquals(100.0 * MILLI, tally.elephantNanos(50));
        assertEquals(8.0 * Packet.ELEPHANT_BYTES / 1e6, tally.elephantMegabits(), 1e-9);
    }

    @Test
    void leavesStrangersOut() {
        tally.arrived(4, 0, 200 * MILLI, 210 * MILLI);
        assertEquals(0, tally.miceArrived());
    }
}
