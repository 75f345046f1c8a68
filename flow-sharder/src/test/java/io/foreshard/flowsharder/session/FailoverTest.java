package io.foreshard.flowsharder.session;

import static io.foreshard.flowsharder.session.SessionBench.MILLI;
import static io.foreshard.flowsharder.session.SessionBench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.session.SessionBench.Line;
import io.foreshard.simulator.Property;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Legs that fail while streams go both ways. Each byte is checked at its place by the ends. */
class FailoverTest {

    private static final double RATE = 5e6;
    private static final long BYTES = 60_000_000;
    private static final long ONE_WAY = 20 * MILLI;
    private static final long ROUND_TRIP = 2 * ONE_WAY;

    /** Streams both ways over three legs, with something done to the second after two seconds. */
    private static final class Run implements AutoCloseable {

        final SessionBench bench = new SessionBench();
        final List<Line> lines = new ArrayList<>();
        final RecordingEnd near;
        final RecordingEnd far;

        Run() {
            for (int id = 0; id < 3; id++) {
                lines.add(bench.line(id, RATE, ONE_WAY));
            }
            near = bench.ingress.open("origin:80");
            assertTrue(bench.until(() -> !bench.egress.accepted.isEmpty(), SECOND));
            far = bench.egress.accepted.get(0);
            near.send(BYTES);
            far.send(BYTES);
            near.finish();
            far.finish();
            bench.run(2 * SECOND);
            near.longestGapNanos = 0;
            far.longestGapNanos = 0;
        }

        void completes() {
            assertTrue(
                    bench.until(() -> near.ended && far.ended, 300 * SECOND),
                    () -> near.receivedBytes + " and " + far.receivedBytes + " came, " + near.reset + " " + far.reset);
            assertEquals(BYTES, near.receivedBytes);
            assertEquals(BYTES, far.receivedBytes);
            assertNull(near.reset);
            assertNull(far.reset);
        }

        long gapNanos() {
            return Math.max(near.longestGapNanos, far.longestGapNanos);
        }

        @Override
        public void close() {
            bench.close();
        }
    }

    private static void stallsAtMost(long nanos, Run run) {
        assertTrue(run.gapNanos() <= nanos, () -> run.gapNanos() / MILLI + " ms without a byte");
    }

    private static long silentBound() {
        return Math.max(250 * MILLI, 3 * ROUND_TRIP);
    }

    @Test
    void losesNothingWhenALegIsReset() {
        try (Run run = new Run()) {
            run.lines.get(1).kill();
            run.completes();
            stallsAtMost(20 * MILLI + ROUND_TRIP * 3 / 2, run);
        }
    }

    @Test
    void losesNothingWhenALegFallsSilent() {
        try (Run run = new Run()) {
            run.lines.get(1).freeze(true);
            run.completes();
            stallsAtMost(silentBound(), run);
            assertEquals(LegEndReason.SILENT, run.bench.ingress.reasons.get(1));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void losesNothingWhenOneWayOfALegFallsSilent(boolean forth) {
        try (Run run = new Run()) {
            Line line = run.lines.get(1);
            (forth ? line.forth : line.back).freeze(true);
            run.completes();
            stallsAtMost(silentBound(), run);
        }
    }

    @Test
    void goesOnWithALegThatWasFrozenForATime() {
        try (Run run = new Run()) {
            run.lines.get(1).freeze(true);
            run.bench.run(SECOND / 2);
            run.lines.get(1).freeze(false);
            long before = run.lines.get(1).back.carriedBytes;
            run.completes();
            stallsAtMost(silentBound(), run);
            assertTrue(run.lines.get(1).back.carriedBytes - before > BYTES / 10, "used again");
        }
    }

    @Test
    void goesOnWhenALegBecomesAHundredTimesSlower() {
        try (Run run = new Run()) {
            run.lines.get(1).rate(RATE / 100);
            long begin = run.bench.now;
            long left = BYTES - Math.max(run.near.receivedBytes, run.far.receivedBytes);
            run.completes();
            stallsAtMost(silentBound(), run);
            double rate = left / ((run.bench.now - begin) / 1e9);
            assertTrue(rate > 0.8 * 2 * RATE, () -> rate / RATE + " of two legs");
        }
    }

    @Test
    void losesNothingToALegThatComesAndGoes() {
        try (Run run = new Run()) {
            for (int i = 0; i < 20; i++) {
                boolean frozen = i % 2 == 0;
                run.bench.at(
                        run.bench.now + 150L * i * MILLI, () -> run.lines.get(1).freeze(frozen));
            }
            run.completes();
            stallsAtMost(silentBound(), run);
        }
    }

    /** What a relay changes costs its leg, and nothing else. */
    @Test
    void losesNothingToALegThatChangesBytes() {
        try (Run run = new Run()) {
            run.lines.get(1).back.fault = piece -> {
                ByteBuf changed = piece.copy();
                piece.release();
                return changed.setByte(0, changed.getByte(0) ^ 4);
            };
            run.completes();
            assertEquals(LegEndReason.BAD_FRAME, run.bench.ingress.reasons.get(1));
            assertEquals(2, run.bench.ingress.session.legs().size());
        }
    }

    @Test
    void takesANewLegUpInTheMiddleOfAStream() {
        try (Run run = new Run()) {
            Line line = run.bench.line(7, RATE, ONE_WAY);
            run.completes();
            assertTrue(line.forth.carriedBytes > BYTES / 8, () -> line.forth.carriedBytes + " bytes");
        }
    }

    /** Make before break: no byte is sent twice, and the leg ends at both sides as one that was left. */
    @Test
    void leavesALegWithoutSendingAnythingAgain() {
        try (Run run = new Run()) {
            run.bench.line(7, RATE, ONE_WAY);
            long again = run.bench.ingress.session.counts().resentBytes();
            run.bench.ingress.session.leave(run.bench.ingress.session.legs().get(1), run.bench.now);
            run.bench.run(SECOND);
            assertEquals(LegEndReason.LEFT, run.bench.ingress.reasons.get(1));
            assertEquals(LegEndReason.LEFT, run.bench.egress.reasons.get(1));
            run.completes();
            stallsAtMost(ROUND_TRIP, run);
            assertEquals(again, run.bench.ingress.session.counts().resentBytes());
        }
    }

    @Test
    void resumesAfterAllLegsDied() {
        try (Run run = new Run()) {
            run.lines.forEach(Line::kill);
            run.bench.run(10 * SECOND);
            assertEquals(0, run.bench.ingress.session.legs().size());
            run.bench.line(11, RATE, ONE_WAY);
            run.completes();
        }
    }

    @Test
    void tellsBothEndsWhenNoLegComesBackInTime() {
        try (Run run = new Run()) {
            run.lines.forEach(Line::kill);
            run.bench.run(40 * SECOND);
            assertEquals(ResetReason.NO_LEG, run.near.reset);
            assertEquals(ResetReason.NO_LEG, run.far.reset);
            assertEquals(0, run.bench.ingress.session.flowCount());
        }
    }

    /** A pause of this process is no fault of its legs. */
    @Test
    void convictsNobodyAfterAPauseOfItsOwn() {
        try (Run run = new Run()) {
            long before = run.bench.ingress.session.counts().legsDoubted();
            run.bench.ingress.pause(2 * SECOND);
            run.bench.run(2 * SECOND);
            run.bench.run(SECOND / 2);
            assertEquals(before, run.bench.ingress.session.counts().legsDoubted());
            assertEquals(3, run.bench.ingress.session.legs().size());
            run.completes();
        }
    }

    @Test
    void deliversEachByteOnceWhateverHappensToLegs() {
        Property.named("streams arrive whole").runs(60).check((random, size) -> {
            try (Run run = new Run()) {
                int next = 20;
                SplittableRandom dice = new SplittableRandom(random.nextInt(1 << 30));
                for (int event = 0; event < 12; event++) {
                    run.bench.run(dice.nextLong(400) * MILLI);
                    Line line = run.lines.get(dice.nextInt(run.lines.size()));
                    switch (dice.nextInt(7)) {
                        case 0 -> line.kill();
                        case 1 -> line.freeze(true);
                        case 2 -> line.freeze(false);
                        case 3 -> line.forth.freeze(true);
                        case 4 -> line.rate(RATE / (1 + dice.nextInt(100)));
                        default -> run.lines.add(run.bench.line(next++, RATE, dice.nextLong(1, 100) * MILLI));
                    }
                }
                run.lines.add(run.bench.line(next, RATE, ONE_WAY));
                run.completes();
            }
        });
    }
}
