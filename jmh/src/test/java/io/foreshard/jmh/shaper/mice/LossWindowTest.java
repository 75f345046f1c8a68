package io.foreshard.jmh.shaper.mice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

class LossWindowTest {

    private static final long MILLI = 1_000_000;
    private static final int BUFFER = 100;

    private final LossWindow window = new LossWindow();
    private final PriorityQueue<Echo> echoes = new PriorityQueue<>((a, b) -> Long.compare(a.nanos, b.nanos));
    private final BitSet delivered = new BitSet();
    private long freeNanos;
    private long sent;
    private long lost;

    private record Echo(long transmission, long nanos) {}

    /** One packet a millisecond, a short buffer, and 20 ms back. */
    private void pass(long nowNanos) {
        while (window.maySend()) {
            int number = (int) window.send(nowNanos);
            sent++;
            if (freeNanos - nowNanos > BUFFER * MILLI) {
                lost++;
                continue;
            }
            freeNanos = Math.max(freeNanos, nowNanos) + MILLI;
            delivered.set(number);
            echoes.add(new Echo(window.transmissions(), freeNanos + 20 * MILLI));
        }
    }

    private void run(long millis) {
        for (long now = 0; now < millis * MILLI; now += MILLI) {
            for (Echo next = echoes.peek(); next != null && next.nanos <= now; next = echoes.peek()) {
                echoes.remove();
                window.arrived(next.transmission, now);
                pass(now);
            }
            if (now % (10 * MILLI) == 0) {
                window.tick(now);
            }
            pass(now);
        }
    }

    @Test
    void usesTheWholeBottleneckAndSendsAgainLittle() {
        run(20_000);
        assertTrue(delivered.cardinality() > 18_000, delivered.cardinality() + " delivered, window " + window.window());
        assertTrue(lost < 0.03 * sent, lost + " of " + sent + " lost");
        assertTrue(sent - delivered.cardinality() < 0.04 * sent, sent + " sent");
    }

    @Test
    void fillsTheBufferAgainAfterALoss() {
        run(20_000);
        assertTrue(lost > 0, "nothing was lost");
        assertTrue(window.window() > 0.6 * (BUFFER + 20), "window " + window.window());
    }

    @Test
    void sendsWhatWasLostAgainFirst() {
        for (int packet = 0; packet < 5; packet++) {
            assertEquals(packet, window.send(0));
        }
        window.arrived(5, MILLI);
        assertEquals(0, window.send(MILLI));
        assertEquals(5, window.send(MILLI));
    }

    @Test
    void halvesNotTwiceForLossesOfOneWindow() {
        for (int packet = 0; packet < 10; packet++) {
            window.send(0);
        }
        window.arrived(5, MILLI);
        double after = window.window();
        assertTrue(after < 8, "window " + after);
        window.arrived(8, MILLI);
        assertEquals(after, window.window());
    }

    @Test
    void startsAnewWhenNothingArrives() {
        window.send(0);
        window.tick(2_000 * MILLI);
        assertEquals(2, window.window());
        assertEquals(0, window.send(2_000 * MILLI));
    }
}
