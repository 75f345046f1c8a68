package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.runtime.RttEstimator;
import io.foreshard.shardcodec.AckFrame;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LossDetectorTest {

    private static final long MILLI = 1_000_000L;

    private final SentPackets sent = new SentPackets();
    private final RttEstimator rtt = new RttEstimator(100 * MILLI);
    private final DelayBasedRateController rate = new DelayBasedRateController(1200, 100 * MILLI);
    private final LossDetector loss = new LossDetector(
            sent,
            rtt,
            rate,
            new CapacityMeter(),
            new FeedForward(TransportConfig.defaults().gate("path")),
            0);

    private static final LossDetector.Listener NOBODY = new LossDetector.Listener() {
        @Override
        public void onShardArrived(OutboundBlock block, int tag, long nowNanos) {}

        @Override
        public void onShardLost(OutboundBlock block, int tag, long packetNumber, long nowNanos) {}
    };

    @BeforeEach
    void sendTenPackets() {
        for (int i = 0; i < 10; i++) {
            loss.onSent(i * MILLI, 1200, null, 0, false);
        }
    }

    private static AckFrame ack(long... lowsAndHighs) {
        AckFrame frame = new AckFrame();
        frame.reset(0, 0, 1, 1);
        for (int i = 0; i < lowsAndHighs.length; i += 2) {
            assertTrue(frame.addRange(lowsAndHighs[i], lowsAndHighs[i + 1]));
        }
        return frame;
    }

    @Test
    void aPacketIsLostWhenThreeLaterOnesWereOvertakenOrNineEighthsOfARoundTripPassed() {
        loss.onAck(ack(3, 3), 50 * MILLI, NOBODY);
        assertEquals(1, loss.lostPackets(), "0 is three below, 1 and 2 are not");
        assertEquals(SentPackets.LOST, sent.state(0));
        long due = loss.lossTimeNanos();
        assertEquals(1 * MILLI + rtt.lossDelayNanos(), due);
        assertEquals(0, loss.detectLosses(due - 1, NOBODY));
        assertEquals(1200, loss.detectLosses(due, NOBODY));
    }

    @Test
    void aPacketCalledLostThatArrivesWidensTheThreshold() {
        loss.onAck(ack(5, 5), 50 * MILLI, NOBODY);
        assertEquals(3, loss.lostPackets());
        loss.onAck(ack(5, 5, 0, 0), 51 * MILLI, NOBODY);
        assertTrue(loss.packetThreshold() > 5, () -> "threshold " + loss.packetThreshold());
        loss.onAck(ack(9, 9, 5, 5, 0, 0), 52 * MILLI, NOBODY);
        assertEquals(3, loss.lostPackets(), "6 is three below 9, which is now tolerated");
    }

    @Test
    void theRoundTripIsThatOfTheNewestPacketWithoutTheReceiversDelay() {
        AckFrame frame = new AckFrame();
        frame.reset(2000, 0, 1, 1);
        frame.addRange(0, 9);
        loss.onAck(frame, 51 * MILLI, NOBODY);
        assertEquals(42 * MILLI, rtt.minNanos());
        assertEquals(0, sent.inFlightBytes());
        loss.onAck(frame, 500 * MILLI, NOBODY);
        assertEquals(42 * MILLI, rtt.latestNanos(), "a repeated acknowledgement says nothing new");
    }

    @Test
    void anAcknowledgementOfAnAcknowledgementGivesATimeTooAndOfPacketsNeverSentNothing() {
        sent.addUntracked(10 * MILLI);
        loss.onAck(ack(9, 10), 60 * MILLI, NOBODY);
        assertEquals(50 * MILLI, rtt.latestNanos());
        assertTrue(loss.isOfUnsent(ack(11, 11)));
        assertFalse(loss.onAck(ack(11, 11), 60 * MILLI, NOBODY));
        assertTrue(loss.onAck(ack(1000, 1000, 0, 3), 61 * MILLI, NOBODY), "what was sent counts");
        assertEquals(SentPackets.FREE, sent.state(3));
    }

    @Test
    void everythingInFlightIsLostWhenFeedbackHasEnded() {
        loss.loseAll(1000 * MILLI, NOBODY);
        assertEquals(10, loss.lostPackets());
        assertEquals(0, sent.inFlightBytes());
        assertEquals(Long.MAX_VALUE, loss.lossTimeNanos());
    }

    @Test
    void thePatienceOfAPathThatReordersHasALimit() {
        long now = 100 * MILLI;
        loss.onAck(ack(0, 9), now, NOBODY);
        for (int round = 0; round < 6; round++) {
            long number = sent.nextNumber();
            loss.onSent(now, 1200, null, 0, false);
            loss.onSent(now, 1200, null, 0, false);
            loss.onAck(ack(number + 1, number + 1), now + MILLI, NOBODY);
            now += 10_000 * MILLI;
            loss.detectLosses(now, NOBODY);
            loss.onAck(ack(number, number + 1), now, NOBODY);
        }
        assertEquals(6, loss.lostPackets());
        long last = sent.nextNumber();
        loss.onSent(now, 1200, null, 0, false);
        loss.onSent(now, 1200, null, 0, false);
        loss.onAck(ack(last + 1, last + 1), now + MILLI, NOBODY);
        assertEquals(now + 8 * rtt.lossDelayNanos(), loss.lossTimeNanos());
    }

    /** A pace of 1 MB/s, and what is reported. */
    private static final class Fixed implements RateController {

        private long deliveryRate;

        @Override
        public void onAck(RateSample sample) {
            deliveryRate = sample.deliveryRateBytesPerSecond;
        }

        @Override
        public void onLoss(long nowNanos, long lostBytes) {}

        @Override
        public void onFeedbackEnd() {}

        @Override
        public boolean expect(long nowNanos, long bytesPerSecond) {
            return false;
        }

        @Override
        public long windowBytes() {
            return Long.MAX_VALUE;
        }

        @Override
        public long rateBytesPerSecond() {
            return 1_000_000;
        }

        @Override
        public long capacityBytesPerSecond() {
            return 0;
        }
    }

    private final Fixed fixed = new Fixed();
    private final SentPackets many = new SentPackets();
    private final LossDetector paced = new LossDetector(
            many,
            new RttEstimator(10 * MILLI),
            fixed,
            new CapacityMeter(),
            new FeedForward(TransportConfig.defaults().gate("paced")),
            0);

    private void leave(int packets, long fromMicros, long apartMicros) {
        for (int i = 0; i < packets; i++) {
            paced.onSent((fromMicros + i * apartMicros) * 1_000, 1000, null, 0, false);
        }
    }

    @Test
    void acknowledgementsThatPiledUpAreNoFasterThanWhatLeft() {
        leave(21, 0, 1_000);
        paced.onAck(ack(0, 20), 30 * MILLI, NOBODY);
        leave(79, 31_000, 1_000);
        paced.onAck(ack(0, 21), 120 * MILLI, NOBODY);
        leave(1, 120_100, 1);
        paced.onAck(ack(0, 99), 120_200_000, NOBODY);
        paced.onAck(ack(0, 100), 130_100_000, NOBODY);
        assertTrue(fixed.deliveryRate > 500_000, () -> "rate " + fixed.deliveryRate);
        assertTrue(fixed.deliveryRate < 1_300_000, () -> "rate " + fixed.deliveryRate);
    }

    @Test
    void moreThanThePaceIsBelievedWhereAsMuchHasLeft() {
        int packet = 200;
        long sentUpTo = 0;
        for (int micros = 0; micros <= 60_000; micros += packet) {
            leave(1, micros, 1);
            sentUpTo++;
            long arrived = (micros - 10_000L) / packet;
            if (arrived >= 0 && arrived % 40 == 39) {
                paced.onAck(ack(arrived - 39, arrived), micros * 1_000L + 1, NOBODY);
            }
        }
        assertEquals(301, sentUpTo);
        assertEquals(5e6, (double) fixed.deliveryRate, 0.25e6);
    }
}
