package io.foreshard.transport;

import io.foreshard.coreapi.PathOutlook;
import io.foreshard.runtime.RttEstimator;
import io.foreshard.runtime.SkillGate;
import io.foreshard.shardcodec.WireFormat;
import io.foreshard.shardcodec.spi.Carrier;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;

/**
 * One address pair: its packet numbers in both directions, round-trip time, rate, MTU and outlook. Confined to one event loop, except
 * for the outlook, which any thread may read.
 */
final class Path {

    private static final long INITIAL_RTT_NANOS = 100_000_000L;
    private static final int MAX_BACKOFF_SHIFT = 6;
    private static final long MAX_PTO_NANOS = 4_000_000_000L;
    /** TCP repeats what it lost after as long at the soonest (RFC 6298 as built); sooner is no sign of a broken connection. */
    private static final long MIN_STREAM_PTO_NANOS = 200_000_000L;

    final int id;
    final Carrier carrier;
    final RttEstimator rtt = new RttEstimator(INITIAL_RTT_NANOS);
    final SentPackets sent = new SentPackets();
    final AckState acks = new AckState();
    final RateController rate;
    final LossDetector loss;
    final CapacityMeter meter = new CapacityMeter();
    final FeedForward forward;
    final Pacer pacer;
    final Redundancy redundancy;
    final ClassTurns turns = new ClassTurns();
    private volatile PathOutlook outlook = PathOutlook.UNKNOWN;
    private volatile SocketAddress remote;
    private int mtuBytes;
    private int confirmedBytes;
    private int ptoCount;
    private long lastElicitingNanos;

    Path(
            int id,
            Carrier carrier,
            SocketAddress remote,
            int mtuBytes,
            long pacingQuantumNanos,
            SkillGate gate,
            long nowNanos) {
        this.id = id;
        this.carrier = carrier;
        this.remote = remote;
        this.mtuBytes = mtuBytes;
        this.rate = carrier == Carrier.STREAM
                ? new StreamRateController()
                : new DelayBasedRateController(mtuBytes, INITIAL_RTT_NANOS);
        this.forward = new FeedForward(gate);
        this.loss = new LossDetector(sent, rtt, rate, meter, forward, nowNanos);
        this.pacer = new Pacer(nowNanos, pacingQuantumNanos, 2 * mtuBytes);
        this.redundancy = new Redundancy(this);
    }

    SocketAddress remote() {
        return remote;
    }

    /** Takes the peer's new address. Another host is another path: its rate and MTU are learnt anew (RFC 9000, section 9.4). */
    void moveTo(SocketAddress newRemote) {
        boolean sameHost = remote instanceof InetSocketAddress before
                && newRemote instanceof InetSocketAddress after
                && Objects.equals(before.getAddress(), after.getAddress());
        remote = newRemote;
        if (!sameHost) {
            confirmedBytes = 0;
            rate.onFeedbackEnd();
        }
    }

    PathOutlook outlook() {
        return outlook;
    }

    void publish(PathOutlook newOutlook) {
        outlook = newOutlook;
    }

    /** Returns the largest packet that is sent. */
    int mtuBytes() {
        return mtuBytes;
    }

    /** Returns the payload that one shard packet carries. */
    int payloadCapacityBytes() {
        return mtuBytes - WireFormat.SHARD_OVERHEAD_BYTES;
    }

    /** Returns whether packets of a length are known to arrive. */
    boolean isConfirmed(int packetBytes) {
        return packetBytes <= confirmedBytes;
    }

    /** Takes that packets were acknowledged, the largest of a given length. */
    void onProgress(int largestPacketBytes) {
        confirmedBytes = Math.max(confirmedBytes, largestPacketBytes);
        ptoCount = 0;
    }

    /** Takes that nothing arrives any more; returns whether the MTU fell to what every path carries. */
    boolean onBlackHole() {
        confirmedBytes = 0;
        if (carrier == Carrier.STREAM || mtuBytes <= WireFormat.DEFAULT_PATH_MTU_BYTES) {
            return false;
        }
        mtuBytes = WireFormat.DEFAULT_PATH_MTU_BYTES;
        return true;
    }

    /** Takes the largest packet that the peer accepts. */
    void limitTo(int packetBytes) {
        mtuBytes = Math.min(mtuBytes, packetBytes);
    }

    /** Takes that a packet was too large; returns whether the MTU fell. */
    boolean onTooLarge(int packetBytes) {
        if (carrier == Carrier.STREAM || packetBytes > mtuBytes || mtuBytes == WireFormat.MIN_PATH_MTU_BYTES) {
            return false;
        }
        int lower = mtuBytes > WireFormat.DEFAULT_PATH_MTU_BYTES
                ? WireFormat.DEFAULT_PATH_MTU_BYTES
                : WireFormat.MIN_PATH_MTU_BYTES;
        mtuBytes = Math.min(mtuBytes, lower);
        confirmedBytes = Math.min(confirmedBytes, mtuBytes);
        return true;
    }

    void onElicitingSent(long nowNanos) {
        lastElicitingNanos = nowNanos;
    }

    /** Returns when a probe is due because nothing was acknowledged, or {@link Long#MAX_VALUE} when nothing is in flight. */
    long ptoNanos() {
        if (sent.inFlightBytes() == 0) {
            return Long.MAX_VALUE;
        }
        long first = carrier == Carrier.STREAM ? streamPatienceNanos() : rtt.ptoNanos(AckState.MAX_ACK_DELAY_NANOS);
        long timeOut = first << Math.min(ptoCount, MAX_BACKOFF_SHIFT);
        return lastElicitingNanos + Math.min(timeOut, MAX_PTO_NANOS);
    }

    /** Returns how long a stream may acknowledge nothing before that is a sign of anything. */
    long streamPatienceNanos() {
        return Math.max(rtt.ptoNanos(AckState.MAX_ACK_DELAY_NANOS), MIN_STREAM_PTO_NANOS);
    }

    /** Tells the rate controller what is expected of what leaves now. */
    void lookAhead(long nowNanos) {
        if (rate.expect(nowNanos, forward.around(nowNanos + rtt.minNanos()))) {
            // The long waits were for the silence that is expected to be over.
            ptoCount = 0;
        }
    }

    /** Returns whether an acknowledgement should have come long ago. */
    boolean isOverdue(long nowNanos) {
        return sent.inFlightBytes() > 0
                && nowNanos - loss.deliveredNanos() > 2 * rtt.smoothedNanos() + AckState.MAX_ACK_DELAY_NANOS;
    }

    int onPto() {
        return ++ptoCount;
    }

    int ptoCount() {
        return ptoCount;
    }
}
