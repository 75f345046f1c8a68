package io.foreshard.flowsharder.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

class LegMeterTest {

    private static final long MILLI = 1_000_000;
    private static final int PIECE = 16 * 1024;

    private final LegMeter meter = new LegMeter(0, 0);

    /** Fills a leg of a rate and a round trip as far as the window allows, for a time. */
    private void run(double bytesPerSecond, long roundTripNanos, long nanos) {
        ArrayDeque<long[]> acks = new ArrayDeque<>();
        long free = 0;
        long sent = 0;
        for (long now = 0; now < nanos; now += MILLI / 4) {
            while (!acks.isEmpty() && acks.getFirst()[0] <= now) {
                meter.acked(acks.removeFirst()[1], now);
            }
            while (meter.inFlightBytes() + PIECE <= meter.windowBytes()) {
                sent += PIECE;
                meter.sent(sent, now);
                free = Math.max(free, now) + (long) (PIECE * 1e9 / bytesPerSecond);
                acks.add(new long[] {free + roundTripNanos, sent});
            }
        }
    }

    @Test
    void findsTheRateAndKeepsHalfAsMuchAgainUnderWay() {
        run(10e6, 50 * MILLI, 3_000 * MILLI);
        assertEquals(10e6, meter.bytesPerSecond(), 1e6);
        assertEquals(750_000, (double) meter.windowBytes(), 120_000);
    }

    @Test
    void usesAllOfASlowLegWithoutALongLine() {
        run(200_000, 20 * MILLI, 5_000 * MILLI);
        assertEquals(200_000, meter.bytesPerSecond(), 20_000);
        assertTrue(meter.windowBytes() <= 128 * 1024, () -> "window " + meter.windowBytes());
    }

    @Test
    void stallsOnlyWhileSomethingIsUnderWay() {
        assertEquals(0, meter.stalledNanos(1_000 * MILLI));
        meter.sent(PIECE, 1_000 * MILLI);
        assertEquals(300 * MILLI, meter.stalledNanos(1_300 * MILLI));
        meter.acked(PIECE / 2, 1_400 * MILLI);
        assertEquals(100 * MILLI, meter.stalledNanos(1_500 * MILLI));
        meter.acked(PIECE, 1_600 * MILLI);
        assertEquals(0, meter.stalledNanos(9_000 * MILLI));
    }

    @Test
    void takesNoNoticeOfAnAckThatComesLate() {
        meter.sent(PIECE, 0);
        meter.acked(PIECE, MILLI);
        meter.acked(5, MILLI);
        assertEquals(PIECE, meter.ackedBytes());
        assertEquals(0, meter.inFlightBytes());
    }

    /** What is under way beyond the product stands in a line, which would soon be part of the shortest round trip. */
    @Test
    void letsTheLineDrainNowAndThenSoThatTheRoundTripStaysShort() {
        run(10e6, 50 * MILLI, 60_000 * MILLI);
        assertEquals(750_000, (double) meter.windowBytes(), 550_000);
        assertTrue(meter.leastRoundTripNanos() <= 60 * MILLI, () -> meter.leastRoundTripNanos() + " ns");
    }
}
