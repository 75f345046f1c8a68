package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DrainTestTest {

    private static final long MILLI = 1_000_000L;

    private final DrainTest test = new DrainTest();

    private boolean ack(long nowMillis, long rttMillis, long inFlightBytes) {
        RateSample sample = new RateSample();
        sample.nowNanos = nowMillis * MILLI;
        sample.rttNanos = rttMillis * MILLI;
        sample.inFlightBytes = inFlightBytes;
        return test.onAck(sample);
    }

    @Test
    void packetsThatLeftBeforeTheWindowWasReachedDoNotCount() {
        test.begin(5_000, 1);
        assertFalse(ack(10, 40, 20_000));
        assertFalse(ack(20, 39, 5_000));
        assertFalse(ack(40, 38, 5_000));
        assertEquals(Long.MAX_VALUE, test.shortestRttNanos());
        assertFalse(ack(60, 30, 5_000));
        assertEquals(30 * MILLI, test.shortestRttNanos());
    }

    @Test
    void answersAfterAFullRoundTripAndThreeSamples() {
        test.begin(5_000, 1);
        ack(0, 40, 5_000);
        assertFalse(ack(30, 30, 5_000));
        assertFalse(ack(31, 30, 5_000));
        assertFalse(ack(56, 29, 5_000));
        assertTrue(ack(62, 31, 5_000));
        assertEquals(29 * MILLI, test.shortestRttNanos());
    }

    @Test
    void ofSeveralRoundTripsTheLastCounts() {
        test.begin(5_000, 2);
        ack(0, 40, 5_000);
        ack(30, 20, 5_000);
        ack(45, 19, 5_000);
        ack(60, 30, 5_000);
        ack(75, 30, 5_000);
        assertTrue(ack(90, 30, 5_000));
        assertEquals(30 * MILLI, test.shortestRttNanos());
    }
}
