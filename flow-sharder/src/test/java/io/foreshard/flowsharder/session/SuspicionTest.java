package io.foreshard.flowsharder.session;

import static io.foreshard.flowsharder.session.HostileLeg.DATA;
import static io.foreshard.flowsharder.session.HostilePeerTest.MEMORY;
import static io.foreshard.flowsharder.session.SessionBench.MILLI;
import static io.foreshard.flowsharder.session.SessionBench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Pieces of which legs say that they have arrived, and nobody has them. */
class SuspicionTest {

    /** Two legs that acknowledge all and bring nothing on, and a flow with one piece. */
    private static final class Dropping implements AutoCloseable {

        final SessionBench bench = new SessionBench(SessionLimits.defaults(), MEMORY);
        final HostileLeg one = leg(66);
        final HostileLeg two = leg(67);

        Dropping() {
            bench.run(100 * MILLI);
            RecordingEnd near = bench.ingress.open("origin:80");
            bench.run(10 * MILLI);
            near.send(100);
            bench.run(10 * MILLI);
            assertEquals(1, pieces());
        }

        private HostileLeg leg(int id) {
            HostileLeg leg = new HostileLeg(bench, bench.ingress, id);
            leg.acknowledges = true;
            leg.say(leg.says.ping());
            return leg;
        }

        int pieces() {
            return one.heard[DATA] + two.heard[DATA];
        }

        /** Returns whether any leg is being rested. */
        boolean rests() {
            return !one.leg.isTrusted(bench.now) || !two.leg.isTrusted(bench.now);
        }

        void full(boolean full) {
            one.full = full;
            two.full = full;
        }

        @Override
        public void close() {
            bench.close();
        }
    }

    @Test
    void whatDidNotComeIsSentAgainFirstAndThenOverAnotherLeg() {
        try (Dropping legs = new Dropping()) {
            int first = legs.one.heard[DATA];
            assertTrue(legs.bench.until(() -> legs.pieces() == 2, 2 * SECOND));
            assertFalse(legs.rests(), "the other side may have had no room");
            boolean byOne = legs.one.heard[DATA] > first;
            int before = byOne ? legs.two.heard[DATA] : legs.one.heard[DATA];
            assertTrue(legs.bench.until(() -> legs.pieces() == 3, 2 * SECOND));
            assertTrue(legs.rests());
            assertEquals(before + 1, byOne ? legs.two.heard[DATA] : legs.one.heard[DATA]);
        }
    }

    @Test
    void whatWaitsToBeSentAgainIsHeldAgainstNoLeg() {
        try (Dropping legs = new Dropping()) {
            legs.full(true);
            legs.bench.run(2 * SECOND);
            assertEquals(1, legs.pieces());
            assertFalse(legs.rests());
            legs.full(false);
            legs.bench.ingress.session.onWritable(legs.bench.now);
            assertEquals(2, legs.pieces());
        }
    }

    @Test
    void suspicionsAreForgotten() {
        try (Dropping legs = new Dropping()) {
            Leg leg = legs.one.leg;
            long now = legs.bench.now;
            for (int i = 0; i < 5; i++) {
                leg.suspect(now);
                now += Math.min(16, 2L << i) * SECOND;
            }
            assertFalse(leg.isTrusted(now - 9 * SECOND), "rests for 16 s by now");
            now += 11 * SECOND;
            leg.suspect(now);
            assertTrue(leg.isTrusted(now + 2 * SECOND));
        }
    }
}
