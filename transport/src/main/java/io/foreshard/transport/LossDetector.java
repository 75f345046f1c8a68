package io.foreshard.transport;

import io.foreshard.runtime.RttEstimator;
import io.foreshard.shardcodec.AckFrame;
import org.jspecify.annotations.Nullable;

/**
 * Turns acknowledgements of one path into arrivals, losses, round-trip times and delivery rates (RFC 9002, sections 5 and 6).
 *
 * <p>A packet is lost when one sent at least {@link #packetThreshold} later has arrived, or any later one has and 9/8 of a round trip
 * passed. Both bounds widen when a packet called lost turns up after all (reordering), so a path that reorders is not flooded with
 * repeats. Work per acknowledgement is bounded by the packets not settled; ranges beyond them are clipped, never walked. Confined to
 * one event loop.
 */
final class LossDetector {

    static final int INITIAL_PACKET_THRESHOLD = 3;

    private static final int MAX_PACKET_THRESHOLD = 128;
    private static final int MAX_TIME_SHIFT = 3;
    /** The pace may have fallen since a packet left, but seldom by more. */
    private static final double IMPOSSIBLE_PACES = 1.5;

    private static final int REMEMBERED_LOSSES = 1024;
    private static final long UNKNOWN_NANOS = Long.MIN_VALUE;

    /** Is told of shards by their {@link OutboundBlock#tag}. */
    interface Listener {
        void onShardArrived(OutboundBlock block, int tag, long nowNanos);

        void onShardLost(OutboundBlock block, int tag, long packetNumber, long nowNanos);
    }

    private final SentPackets sent;
    private final RttEstimator rtt;
    private final RateController rate;
    private final CapacityMeter meter;
    private final FeedForward forward;
    private final RateSample sample = new RateSample();
    private final TrainRate trains = new TrainRate();
    private long largestAcked = -1;
    private long deliveredBytes;
    private long deliveredNanos;
    /** When the newest acknowledged packet left, or the first of a flight after a pause. */
    private long flightNanos;

    private long lostPackets;
    private long ackedPackets;
    private int largestAckedBytes;
    private long roundEnd;
    private long gapNanos;
    private int packetThreshold = INITIAL_PACKET_THRESHOLD;
    private int timeShift;
    private long lossTimeNanos = Long.MAX_VALUE;

    LossDetector(
            SentPackets sent,
            RttEstimator rtt,
            RateController rate,
            CapacityMeter meter,
            FeedForward forward,
            long nowNanos) {
        this.sent = sent;
        this.rtt = rtt;
        this.rate = rate;
        this.meter = meter;
        this.forward = forward;
        this.deliveredNanos = nowNanos;
    }

    /** Remembers a packet that leaves now. */
    void onSent(long nowNanos, int packetBytes, @Nullable OutboundBlock block, int tag, boolean appLimited) {
        if (sent.inFlightBytes() == 0) {
            deliveredNanos = nowNanos;
            flightNanos = nowNanos;
        }
        sent.add(nowNanos, packetBytes, block, tag, deliveredBytes, deliveredNanos, flightNanos, appLimited);
    }

    /** Returns whether an acknowledgement speaks of packets never sent: a forged one reached the peer, or the peer is faulty. */
    boolean isOfUnsent(AckFrame frame) {
        return frame.largest() >= sent.nextNumber() || frame.largest() < 0;
    }

    /**
     * Takes an acknowledgement; what it says of packets never sent is passed over.
     *
     * @return false when it speaks of nothing else
     */
    boolean onAck(AckFrame frame, long nowNanos, Listener listener) {
        long largest = largestSent(frame);
        if (largest < 0) {
            return false;
        }
        sample.ackedBytes = 0;
        gapNanos = 0;
        sample.rttNanos = 0;
        sample.deliveryRateBytesPerSecond = 0;
        sample.trainBytes = 0;
        long leftNanos = departureOf(frame, largest);
        long newest = -1;
        for (int i = 0; i < frame.rangeCount(); i++) {
            newest = Math.max(newest, acknowledge(frame.rangeLow(i), frame.rangeHigh(i), nowNanos, listener));
        }
        if (newest >= 0 && leftNanos != UNKNOWN_NANOS) {
            trains.onAck(largest, leftNanos, frame.receiveTimeMicros(), deliveredBytes, sample);
            learnRtt(nowNanos - leftNanos, Math.min(frame.ackDelayMicros(), 1_000_000) * 1_000, nowNanos);
        }
        largestAcked = Math.max(largestAcked, largest);
        long lostBytes = detectLosses(nowNanos, listener);
        if (lostBytes > 0) {
            rate.onLoss(nowNanos, lostBytes);
        }
        if (newest >= 0) {
            meter.onAck(nowNanos, sample.ackedBytes, sent.sentNanos(newest), frame.receiveTimeMicros(), gapNanos);
            report(nowNanos);
        }
        sent.forgetBelow(largestAcked - REMEMBERED_LOSSES);
        return true;
    }

    private long largestSent(AckFrame frame) {
        for (int i = 0; i < frame.rangeCount() && frame.largest() >= 0; i++) {
            if (frame.rangeLow(i) < sent.nextNumber()) {
                return Math.min(frame.rangeHigh(i), sent.nextNumber() - 1);
            }
        }
        return -1;
    }

    /** Returns when the largest packet left, acknowledged or not by itself (RFC 9002, section 5.1), if this is its first ACK. */
    private long departureOf(AckFrame frame, long largest) {
        boolean fresh = largest == frame.largest() && largest > largestAcked && sent.contains(largest);
        byte state = sent.state(largest);
        boolean known = state == SentPackets.IN_FLIGHT || state == SentPackets.FREE;
        return fresh && known ? sent.sentNanos(largest) : UNKNOWN_NANOS;
    }

    private void learnRtt(long seenNanos, long ackDelayNanos, long nowNanos) {
        rtt.onSample(seenNanos, ackDelayNanos, nowNanos);
        sample.rttNanos = Math.max(1, seenNanos - ackDelayNanos);
    }

    private long acknowledge(long low, long high, long nowNanos, Listener listener) {
        long from = Math.max(low, sent.oldestNumber());
        long to = Math.min(high, sent.nextNumber() - 1);
        long newest = -1;
        for (long number = to; number >= from; number--) {
            byte state = sent.state(number);
            if (state == SentPackets.IN_FLIGHT) {
                newest = Math.max(newest, number);
                learnDelivery(number, nowNanos);
                arrived(number, nowNanos, listener);
            } else if (state == SentPackets.LOST) {
                widen(number, nowNanos);
                arrived(number, nowNanos, listener);
            }
        }
        return newest;
    }

    private void arrived(long number, long nowNanos, Listener listener) {
        OutboundBlock block = sent.block(number);
        int tag = sent.shard(number);
        sent.settle(number, SentPackets.ACKED);
        if (block != null) {
            listener.onShardArrived(block, tag, nowNanos);
        }
    }

    private void learnDelivery(long number, long nowNanos) {
        ackedPackets++;
        gapNanos = Math.max(gapNanos, sent.gapNanos(number));
        largestAckedBytes = Math.max(largestAckedBytes, sent.bytes(number));
        sample.ackedBytes += sent.bytes(number);
        deliveredBytes += sent.bytes(number);
        long ackElapsed = nowNanos - sent.deliveredNanosAtSend(number);
        long delivered = deliveredBytes - sent.deliveredAtSend(number);
        deliveredNanos = nowNanos;
        long sentElapsed = sent.sentNanos(number) - sent.flightNanosAtSend(number);
        flightNanos = Math.max(flightNanos, sent.sentNanos(number));
        if (ackElapsed >= rtt.minNanos() && rtt.hasSample()) {
            long seen = plausible((long) (delivered * 1e9 / Math.max(1, ackElapsed)), delivered, sentElapsed, nowNanos);
            if (seen > sample.deliveryRateBytesPerSecond) {
                sample.deliveryRateBytesPerSecond = seen;
                sample.appLimited = sent.wasAppLimited(number);
            }
        }
        if (number >= roundEnd) {
            sample.roundEnded = true;
        }
    }

    /**
     * Acknowledgements that pile up while a machine stalls say that more arrives than ever left. Where the pace makes that impossible, the
     * time that it took to leave counts as well (draft-cheng-iccrg-delivery-rate-estimation).
     */
    private long plausible(long seen, long delivered, long sentElapsed, long nowNanos) {
        boolean possible = seen <= IMPOSSIBLE_PACES * rate.rateBytesPerSecond();
        if (possible || sentElapsed <= 0 || !forward.isSteady(nowNanos - rtt.smoothedNanos(), nowNanos)) {
            return seen;
        }
        return Math.min(seen, (long) (delivered * 1e9 / sentElapsed));
    }

    private void widen(long number, long nowNanos) {
        long distance = Math.max(largestAcked, number) - number + 1;
        packetThreshold = (int) Math.min(MAX_PACKET_THRESHOLD, Math.max(packetThreshold, distance + 1));
        if (nowNanos - sent.sentNanos(number) > lossDelayNanos()) {
            timeShift = Math.min(MAX_TIME_SHIFT, timeShift + 1);
        }
    }

    /** Returns the bytes newly found lost; also finds when to look again. */
    long detectLosses(long nowNanos, Listener listener) {
        long lostBytes = 0;
        lossTimeNanos = Long.MAX_VALUE;
        long delay = lossDelayNanos();
        for (long number = sent.oldestNumber(); number < largestAcked; number++) {
            if (sent.state(number) != SentPackets.IN_FLIGHT) {
                continue;
            }
            long overdueAt = sent.sentNanos(number) + delay;
            if (largestAcked - number >= packetThreshold || overdueAt - nowNanos <= 0) {
                lostBytes += sent.bytes(number);
                lose(number, nowNanos, listener);
            } else {
                lossTimeNanos = Math.min(lossTimeNanos, overdueAt);
            }
        }
        return lostBytes;
    }

    /** Calls everything in flight lost, after feedback has ended. */
    void loseAll(long nowNanos, Listener listener) {
        for (long number = sent.oldestNumber(); number < sent.nextNumber(); number++) {
            if (sent.state(number) == SentPackets.IN_FLIGHT) {
                lose(number, nowNanos, listener);
            }
        }
        sent.forgetBelow(sent.nextNumber() - REMEMBERED_LOSSES);
        lossTimeNanos = Long.MAX_VALUE;
    }

    private void lose(long number, long nowNanos, Listener listener) {
        lostPackets++;
        OutboundBlock block = sent.block(number);
        int tag = sent.shard(number);
        sent.settle(number, SentPackets.LOST);
        if (block != null) {
            listener.onShardLost(block, tag, number, nowNanos);
        }
    }

    private void report(long nowNanos) {
        sample.nowNanos = nowNanos;
        long from = nowNanos - rtt.minNanos();
        sample.yardstick = forward.most(from, nowNanos);
        sample.steady = forward.isSteady(from, nowNanos);
        sample.minRttNanos = rtt.minNanos();
        sample.smoothedRttNanos = rtt.smoothedNanos();
        sample.inFlightBytes = sent.inFlightBytes();
        rate.onAck(sample);
        if (sample.roundEnded) {
            roundEnd = sent.nextNumber();
            sample.roundEnded = false;
        }
    }

    private long lossDelayNanos() {
        return rtt.lossDelayNanos() << timeShift;
    }

    /** Returns when the time threshold of a packet runs out, or {@link Long#MAX_VALUE}. */
    long lossTimeNanos() {
        return lossTimeNanos;
    }

    /** Returns whether the newest packet that left as a number can have been overtaken by what was acknowledged. */
    boolean isOvertaken(int packetNumber) {
        return (int) largestAcked - packetNumber >= packetThreshold;
    }

    int packetThreshold() {
        return packetThreshold;
    }

    /** Returns when something was acknowledged last, or when the first of what is in flight left. */
    long deliveredNanos() {
        return deliveredNanos;
    }

    long deliveredBytes() {
        return deliveredBytes;
    }

    long lostPackets() {
        return lostPackets;
    }

    long ackedPackets() {
        return ackedPackets;
    }

    int largestAckedBytes() {
        return largestAckedBytes;
    }
}
