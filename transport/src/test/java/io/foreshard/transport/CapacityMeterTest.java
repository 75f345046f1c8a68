package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityMeterTest {

    private static final long MILLI = 1_000_000L;
    private static final int PACKET = 1200;
    private static final double CAPACITY = 1_250_000;
    private static final long DELAY = 20 * MILLI;
    private static final long NONE = FeedForward.NO_YARDSTICK;

    private final CapacityMeter meter = new CapacityMeter();

    /** The receiver's clock less ours. */
    private long offsetMicros;

    private long bunchNanos = 1_000;
    private int packetsPerAck = 2;
    private double capacity = CAPACITY;
    private long freeAtNanos;
    private long lastSentNanos = -1;

    /** Sends packets at a pace, some at once, through a bottleneck; what is read together is stamped together. */
    private long send(long fromNanos, int packets, double bytesPerSecond, int atOnce) {
        long sentNanos = fromNanos;
        long before = lastSentNanos < 0 ? fromNanos : lastSentNanos;
        long ackedBytes = 0;
        long gapNanos = 0;
        for (int i = 0; i < packets; i++) {
            int together = i - i % atOnce;
            sentNanos = fromNanos + (long) (together * (PACKET * 1e9 / bytesPerSecond));
            freeAtNanos = Math.max(freeAtNanos, sentNanos) + (long) (PACKET * 1e9 / capacity);
            ackedBytes += PACKET;
            gapNanos = Math.max(gapNanos, sentNanos - before);
            before = sentNanos;
            if ((i + 1) % packetsPerAck == 0) {
                long arrivedNanos = (freeAtNanos + DELAY) / bunchNanos * bunchNanos;
                int stamp = (int) (arrivedNanos / 1_000 + offsetMicros);
                meter.onAck(arrivedNanos + DELAY, ackedBytes, sentNanos, stamp, gapNanos);
                ackedBytes = 0;
                gapNanos = 0;
            }
        }
        lastSentNanos = sentNanos;
        return sentNanos;
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2", "10, 2", "10, 1", "1, 7", "30, 3"})
    void aTrainThatQueuesShowsTheCapacity(int atOnce, int perAck) {
        packetsPerAck = perAck;
        send(0, 42 * 10, 1.3 * CAPACITY, atOnce);
        assertEquals(CAPACITY, meter.sample(false, NONE), 0.02 * CAPACITY);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5_000_000, 1L << 31, (1L << 31) - 100_000, (1L << 32) - 100_000})
    void theReceiversClockMayBeOffAndWrap(long offset) {
        offsetMicros = offset;
        send(0, 400, 1.3 * CAPACITY, 1);
        assertEquals(CAPACITY, meter.sample(false, NONE), 0.02 * CAPACITY);
        send(2_000 * MILLI, 400, 1.3 * CAPACITY, 1);
        assertEquals(CAPACITY, meter.sample(false, NONE), 0.02 * CAPACITY);
    }

    @Test
    void arrivalsThatAreReadTogetherShowTheCapacityToo() {
        bunchNanos = 5 * MILLI;
        send(0, 600, 1.3 * CAPACITY, 1);
        assertEquals(CAPACITY, meter.sample(false, NONE), 0.02 * CAPACITY);
    }

    @Test
    void aClockThatWentBackIsFollowedAtOnce() {
        send(0, 400, 1.3 * CAPACITY, 1);
        meter.sample(false, NONE);
        offsetMicros = -60_000_000;
        long end = send(1_000 * MILLI, 400, 0.5 * CAPACITY, 1);
        meter.sample(false, NONE);
        capacity = CAPACITY / 4;
        send(end + 100 * MILLI, 400, 1.3 * capacity, 1);
        assertEquals(capacity, meter.sample(false, NONE), 0.02 * capacity);
    }

    @Test
    void aCapacityThatChangesIsSeenInTheNextSample() {
        long end = send(0, 200, 1.3 * CAPACITY, 1);
        assertEquals(CAPACITY, meter.sample(false, NONE), 0.02 * CAPACITY);
        capacity = CAPACITY / 5;
        send(end, 200, 1.3 * capacity, 1);
        assertEquals(capacity, meter.sample(false, NONE), 0.03 * capacity);
    }

    @Test
    void whereNothingQueuesCapacityIsWhatItWasOrAtLeastWhatWasSent() {
        long end = send(0, 200, 0.5 * CAPACITY, 1);
        assertEquals(0.5 * CAPACITY, meter.sample(false, NONE), 0.02 * CAPACITY, "a lower bound");
        end = send(end + 20 * MILLI, 200, 1.3 * CAPACITY, 1);
        assertEquals(CAPACITY, meter.sample(false, NONE), 0.02 * CAPACITY);
        end = send(end + 200 * MILLI, 200, 0.5 * CAPACITY, 1);
        assertEquals(CAPACITY, meter.sample(false, NONE), 0.02 * CAPACITY, "held");
        capacity = 10 * CAPACITY;
        send(end + 20 * MILLI, 200, 2 * CAPACITY, 1);
        assertEquals(2 * CAPACITY, meter.sample(false, NONE), 0.04 * CAPACITY, "more");
    }

    @Test
    void packetsThatLeftAndWereReadTogetherDoNotPassForACapacity() {
        capacity = 100 * CAPACITY;
        for (int i = 0; i < 100; i++) {
            long sentNanos = 10L * MILLI * i;
            int stamp = (int) ((sentNanos + DELAY) / 1_000);
            meter.onAck(sentNanos + 2 * DELAY, PACKET, sentNanos, stamp, 10 * MILLI);
            meter.onAck(sentNanos + 2 * DELAY, PACKET, sentNanos + 1, stamp + 1, 1);
        }
        double seen = meter.sample(false, NONE);
        assertEquals(2 * PACKET * 100, seen, 0.02 * 2 * PACKET * 100);
    }

    @Test
    void whatWasSentByAForecastCountsOnlyWhereItContradictsIt() {
        long end = send(0, 200, 0.5 * CAPACITY, 1);
        assertTrue(Double.isNaN(meter.sample(false, (long) (0.6 * CAPACITY))));
        end = send(end + 20 * MILLI, 200, 0.5 * CAPACITY, 1);
        assertEquals(0.5 * CAPACITY, meter.sample(false, (long) (0.3 * CAPACITY)), 0.02 * CAPACITY);
        send(end + 20 * MILLI, 200, 1.3 * CAPACITY, 1);
        assertEquals(CAPACITY, meter.sample(false, (long) (3 * CAPACITY)), 0.02 * CAPACITY, "a queue always counts");
        send(6_000 * MILLI, 42, 0.5 * CAPACITY, 1);
        assertEquals(
                CAPACITY,
                meter.sample(false, (long) (0.3 * CAPACITY)),
                0.02 * CAPACITY,
                "more than expected and still no queue: it is what it was");
    }

    @Test
    void silenceIsAnOutageOnlyWhereAcknowledgementsAreOverdue() {
        assertTrue(Double.isNaN(meter.sample(false, NONE)));
        assertEquals(0, meter.sample(true, NONE));
        assertEquals(0, meter.sample(true, 1_000));
        send(0, 2, CAPACITY, 1);
        assertTrue(Double.isNaN(meter.sample(true, NONE)), "one acknowledgement ends it and tells no more");
        assertEquals(0, meter.sample(true, NONE));
    }

    @Test
    void acknowledgementsOfEarlierPacketsAndTheSameStampDoNotDistort() {
        Random random = new Random(1);
        long free = 0;
        long left = 0;
        for (int i = 0; i < 600; i++) {
            long sentNanos = (long) ((double) i * PACKET * 1e9 / (1.3 * CAPACITY));
            free = Math.max(free, sentNanos) + (long) (PACKET * 1e9 / CAPACITY);
            int stamp = (int) ((free + DELAY) / 1_000);
            left += PACKET;
            if (random.nextInt(4) > 0) {
                meter.onAck(free + 2 * DELAY, left, sentNanos, stamp, MILLI);
                left = 0;
            } else {
                // A packet from before that was overtaken: the newest stamp, but an older departure.
                meter.onAck(free + 2 * DELAY, 0, Math.max(0, sentNanos - 5 * MILLI), stamp - 500, MILLI);
            }
        }
        assertEquals(CAPACITY, meter.sample(false, NONE), 0.02 * CAPACITY);
    }

    @Test
    void aPauseOfTheSenderIsNoTimeInWhichTheBottleneckWasBusy() {
        packetsPerAck = 1;
        long sentNanos = send(0, 4, 0.1 * CAPACITY, 1);
        packetsPerAck = 10;
        for (int train = 0; train < 10; train++) {
            sentNanos = send(sentNanos + 100 * MILLI, 60, 1.3 * CAPACITY, 10);
        }
        assertEquals(CAPACITY, meter.sample(false, NONE), 0.03 * CAPACITY);
    }

    /** Acknowledges a packet that nothing queued before. */
    private void free(long sentNanos, long arrivedNanos) {
        meter.onAck(arrivedNanos + DELAY, PACKET, sentNanos, (int) (arrivedNanos / 1_000), MILLI);
    }

    @Test
    void packetsWithOneStampCountTogether() {
        for (int i = 0; i <= 100; i++) {
            free(10L * MILLI * i, 10L * MILLI * i + DELAY);
            free(10L * MILLI * i, 10L * MILLI * i + DELAY);
        }
        assertEquals(2 * PACKET * 100, meter.sample(false, NONE), 0.02 * 2 * PACKET * 100);
    }

    @Test
    void packetsThatAreReadFasterThanTheyLeftProveNoMoreThanTheirPace() {
        for (int i = 0; i < 10; i++) {
            free(10L * MILLI * i, 200 * MILLI + MILLI * i);
        }
        double pace = PACKET * 100;
        assertTrue(meter.sample(false, NONE) <= 1.01 * pace);
    }

    @Test
    void aMomentOfQueueIsNoSample() {
        packetsPerAck = 1;
        send(0, 8, CAPACITY, 8);
        assertTrue(Double.isNaN(meter.sample(false, (long) (3 * CAPACITY))));
    }

    @Test
    void whatWasSentBeforeTheLastSampleProvesNothingAnyMore() {
        send(0, 200, 0.5 * CAPACITY, 1);
        assertEquals(0.5 * CAPACITY, meter.sample(false, NONE), 0.02 * CAPACITY);
        assertTrue(Double.isNaN(meter.sample(false, (long) (0.3 * CAPACITY))));
    }
}
