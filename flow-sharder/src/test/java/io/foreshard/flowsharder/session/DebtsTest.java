package io.foreshard.flowsharder.session;

import static io.foreshard.flowsharder.session.HostileLeg.RESET;
import static io.foreshard.flowsharder.session.HostilePeerTest.MEMORY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Flows that have to tell something over one leg and no other, while it takes nothing. */
class DebtsTest {

    /** Flows begun over a leg that then takes nothing, and another leg that does; all flows are reset. */
    private static final class Pinned implements AutoCloseable {

        final SessionBench bench = new SessionBench(SessionLimits.defaults(), MEMORY);
        final HostileLeg full = new HostileLeg(bench, bench.ingress, 66);
        final HostileLeg other;

        Pinned(int count) {
            full.say(full.says.ping());
            List<RecordingEnd> ends = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ends.add(bench.ingress.open("origin:80"));
            }
            full.full = true;
            other = new HostileLeg(bench, bench.ingress, 67);
            other.acknowledges = true;
            other.say(other.says.ping());
            bench.run(10 * SessionBench.MILLI);
            ends.forEach(end -> flow(end).reset(ResetReason.CLOSED, bench.now));
        }

        private static Flow flow(RecordingEnd end) {
            Flow flow = end.flow;
            if (flow == null) {
                throw new IllegalStateException("flow: none (expected: one)");
            }
            return flow;
        }

        void touch() {
            bench.ingress.session.onWritable(bench.now);
        }

        @Override
        public void close() {
            bench.close();
        }
    }

    @Test
    void theyTellItWhenTheLegTakesMore() {
        try (Pinned pinned = new Pinned(3)) {
            assertEquals(3, pinned.bench.ingress.session.debts.size());
            assertEquals(0, pinned.full.heard[RESET] + pinned.other.heard[RESET]);
            pinned.full.full = false;
            pinned.touch();
            assertEquals(3, pinned.full.heard[RESET]);
            assertEquals(0, pinned.bench.ingress.session.debts.size());
        }
    }

    @Test
    void theyTellItOverAnotherOnceTheirBeginningHasArrived() {
        try (Pinned pinned = new Pinned(3)) {
            pinned.full.say(pinned.full.says.legAck(pinned.full.leg.writtenBytes()));
            assertEquals(3, pinned.other.heard[RESET]);
            assertEquals(0, pinned.bench.ingress.session.debts.size());
        }
    }

    @Test
    void theyTellItOverAnotherWhenTheLegIsGone() {
        try (Pinned pinned = new Pinned(3)) {
            pinned.bench.ingress.session.onLegClosed(pinned.full.leg, pinned.bench.now);
            assertEquals(3, pinned.other.heard[RESET]);
            assertEquals(0, pinned.bench.ingress.session.debts.size());
        }
    }

    @Test
    void theyCostNothingMeanwhile() {
        assertEquals(asked(1), asked(100));
    }

    private static int asked(int flows) {
        try (Pinned pinned = new Pinned(flows)) {
            pinned.touch();
            int before = pinned.full.asked;
            pinned.touch();
            return pinned.full.asked - before;
        }
    }
}
