package io.foreshard.flowsharder.session;

import static io.foreshard.flowsharder.session.SessionBench.MILLI;
import static io.foreshard.flowsharder.session.SessionBench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.scheduling.EarliestCompletionFirst;
import io.foreshard.flowsharder.scheduling.FlowSchedulers;
import io.foreshard.flowsharder.scheduling.Redundant;
import io.foreshard.flowsharder.spi.FlowKind;
import io.foreshard.flowsharder.spi.LegsView;
import io.foreshard.flowsharder.spi.StreamScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static final double FAST = 12.5e6;

    private final SessionBench bench = new SessionBench();

    @AfterEach
    void givesEverythingBack() {
        bench.close();
    }

    /** Sends both ways, ends both, and returns the seconds that it took. */
    private double exchange(long forthBytes, long backBytes) {
        long begin = bench.now;
        int before = bench.egress.accepted.size();
        RecordingEnd near = bench.ingress.open("origin:80");
        near.send(forthBytes);
        near.finish();
        assertTrue(bench.until(() -> bench.egress.accepted.size() > before, 10 * SECOND), "no flow came");
        RecordingEnd far = bench.egress.accepted.get(before);
        far.send(backBytes);
        far.finish();
        assertTrue(
                bench.until(() -> near.ended && far.ended, 600 * SECOND),
                () -> near.receivedBytes + " and " + far.receivedBytes + " came");
        assertEquals(forthBytes, far.receivedBytes);
        assertEquals(backBytes, near.receivedBytes);
        long took = bench.now - begin;
        assertTrue(
                bench.until(() -> bench.ingress.session.flowCount() + bench.egress.session.flowCount() == 0, SECOND));
        return took / 1e9;
    }

    @Test
    void carriesAStreamEachWayOverOneLeg() {
        bench.line(0, FAST, 10 * MILLI);
        exchange(100_000, 300_000);
        exchange(0, 0);
        exchange(1, 0);
    }

    @Test
    void addsUpTheRatesOfEqualLegs() {
        for (int legs = 2; legs <= 4; legs++) {
            bench.line(legs * 2, FAST, 10 * MILLI);
            if (legs == 2) {
                bench.line(1, FAST, 10 * MILLI);
            }
            double rate = 100e6 / exchange(0, 100_000_000);
            int count = legs;
            assertTrue(rate > 0.93 * count * FAST, () -> rate / FAST + " of " + count);
        }
    }

    @Test
    void addsUpLegsOfTenToOneInRate() {
        bench.line(0, FAST, 10 * MILLI);
        bench.line(1, FAST / 10, 10 * MILLI);
        double rate = 100e6 / exchange(0, 100_000_000);
        assertTrue(rate > 0.9 * 1.1 * FAST, () -> rate / FAST + " of 1.1");
    }

    @Test
    void addsUpLegsOfTenToOneInRoundTrips() {
        bench.line(0, FAST, 10 * MILLI);
        bench.line(1, FAST, 100 * MILLI);
        double rate = 200e6 / exchange(0, 200_000_000);
        assertTrue(rate > 0.85 * 2 * FAST, () -> rate / FAST + " of 2");
    }

    /** A flow whose messages are small is carried twice, a large one once. */
    @Test
    void schedulesEachKindOfFlowAsItIsTold() {
        FlowSchedulers choice =
                FlowSchedulers.all(EarliestCompletionFirst::new).with(FlowKind.INTERACTIVE, Redundant::new);
        try (SessionBench kinds = new SessionBench(SessionLimits.defaults(), 64 << 20, choice)) {
            kinds.line(0, FAST, 10 * MILLI);
            kinds.line(1, FAST, 12 * MILLI);
            RecordingEnd near = kinds.ingress.open("origin:80");
            kinds.until(() -> !kinds.egress.accepted.isEmpty(), SECOND);
            RecordingEnd far = kinds.egress.accepted.get(0);
            for (int message = 0; message < 4; message++) {
                near.send(100);
                kinds.run(SECOND / 2);
                far.send(200);
                kinds.run(SECOND / 2);
            }
            long before = kinds.ingress.session.counts().resentBytes();
            near.send(100);
            kinds.run(SECOND);
            assertEquals(100, kinds.ingress.session.counts().resentBytes() - before, "over the other leg as well");
            near.send(10_000_000);
            kinds.run(5 * SECOND);
            assertEquals(10_000_500, far.receivedBytes);
            long twice = kinds.ingress.session.counts().resentBytes() - before;
            assertTrue(twice < 1_000_000, () -> twice + " bytes were sent twice");
        }
    }

    /** Who plans how many legs there are sits at one side; what the sources at the other side want has to be known there. */
    @Test
    void knowsAtBothSidesThatASourceWaitsForTheLegs() {
        bench.line(0, FAST, 10 * MILLI);
        RecordingEnd near = bench.ingress.open("origin:80");
        bench.until(() -> !bench.egress.accepted.isEmpty(), SECOND);
        RecordingEnd far = bench.egress.accepted.get(0);
        far.send(1_000);
        bench.run(SECOND);
        assertFalse(bench.ingress.session.wasLimited(), "little is sent");
        far.send(10_000_000);
        bench.run(SECOND / 2);
        assertTrue(bench.ingress.session.wasLimited(), "more is sent than fits");
        assertTrue(bench.until(() -> near.receivedBytes == 10_001_000, 10 * SECOND));
        bench.ingress.session.wasLimited();
        bench.run(SECOND);
        assertFalse(bench.ingress.session.wasLimited(), "all was sent");
    }

    /** The last pieces of a stream do not wait for a leg that is far slower than the others. */
    @Test
    void endsAStreamNoLaterThanItsFastestLegWould() {
        bench.line(0, FAST, 10 * MILLI);
        double alone = exchange(0, 2_000_000);
        bench.line(1, FAST / 20, 150 * MILLI);
        bench.run(2 * SECOND);
        double both = exchange(0, 2_000_000);
        assertTrue(both < 1.02 * alone, () -> both + " instead of " + alone + " s");
    }

    /** Taking turns with a bad leg would be slower than doing without it; the session notices. */
    @Test
    void isNotSlowerThanTheBestLegEvenWithASchedulerThatIsBad() {
        SessionLimits limits = SessionLimits.defaults().withMostWindowBytes(2 << 20);
        try (SessionBench turns = new SessionBench(limits, 64 << 20, new Turns())) {
            turns.line(0, FAST, 10 * MILLI);
            turns.line(1, FAST / 50, 150 * MILLI);
            RecordingEnd near = turns.ingress.open("origin:80");
            turns.until(() -> !turns.egress.accepted.isEmpty(), SECOND);
            turns.egress.accepted.get(0).send(1L << 40);
            turns.run(20 * SECOND);
            long before = near.receivedBytes;
            turns.run(60 * SECOND);
            double rate = (near.receivedBytes - before) / 60.0;
            assertTrue(rate > 0.8 * FAST, () -> rate / FAST + " of the best leg");
            assertTrue(turns.egress.session.counts().collapses() > 0);
        }
    }

    /** A piece over each leg in turn, whatever they pass. */
    private static final class Turns implements StreamScheduler {

        private int turn;

        @Override
        public long pick(LegsView legs, int pieceBytes, long backlogBytes, long creditBytes) {
            int leg = turn % legs.size();
            if (legs.roomBytes(leg) <= 0) {
                return WAIT;
            }
            turn++;
            return 1L << leg;
        }
    }
}
