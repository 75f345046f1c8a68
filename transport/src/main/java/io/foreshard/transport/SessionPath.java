package io.foreshard.transport;

import io.foreshard.runtime.ReasonCounters;
import io.foreshard.shardcodec.AckFrame;
import io.foreshard.shardcodec.spi.Carrier;
import org.jspecify.annotations.Nullable;

/**
 * One path of a session at work: its state, where its packets go, what it sends and what is observed of it. Looks after its own losses
 * and time-outs; what it loses, the {@link MessageSender} may send again on any path. Confined to one event loop.
 */
final class SessionPath implements LossDetector.Listener {

    private static final int PTOS_UNTIL_DEAD = 3;
    private static final long FLUSH_RETRY_NANOS = 1_000_000L;

    final Path path;
    final PacketOut out;
    /** The traffic classes that leave here while the path lives, as a set of {@link SendQueues}. */
    final int home;

    final Overtaken overtaken;
    private final SessionPaths paths;
    private final MessageSender sender;
    private final Transmitter transmitter;
    private final @Nullable PathTelemetry telemetry;
    private final ReasonCounters<TransportReason> counters;
    private int classes;
    private boolean closed;
    private long newestAckNumber = -1;

    SessionPath(
            Path path,
            PacketOut out,
            int home,
            SessionPaths paths,
            MessageSender sender,
            @Nullable PathTelemetry telemetry,
            ReasonCounters<TransportReason> counters) {
        this.path = path;
        this.out = out;
        this.home = home;
        this.overtaken = new Overtaken(path, this);
        this.paths = paths;
        this.sender = sender;
        this.transmitter = new Transmitter(path, sender, out, counters);
        this.telemetry = telemetry;
        this.counters = counters;
    }

    /** Returns whether feedback comes back, as far as known. */
    boolean isAlive() {
        return !closed && path.ptoCount() < PTOS_UNTIL_DEAD;
    }

    /** Returns whether a packet that is not subject to the path's rate may be written now. */
    boolean canWrite() {
        return !closed && out.sink().isWritable() && path.sent.hasRoom();
    }

    /** Returns the classes served now. */
    int classes() {
        return classes;
    }

    void serve(int set) {
        classes = set;
    }

    /** Returns the rank of the most urgent class served; the smaller, the more urgent. */
    int urgency() {
        return Integer.numberOfTrailingZeros(classes);
    }

    /** Finds losses and time-outs. */
    void service(long nowNanos) {
        if (path.loss.lossTimeNanos() - nowNanos <= 0) {
            long lost = path.loss.detectLosses(nowNanos, this);
            if (lost > 0) {
                path.rate.onLoss(nowNanos, lost);
            }
        }
        overtaken.service(nowNanos);
        if (path.ptoNanos() - nowNanos <= 0) {
            onPto(nowNanos);
        }
    }

    private void onPto(long nowNanos) {
        if (path.onPto() >= PTOS_UNTIL_DEAD) {
            if (path.ptoCount() == PTOS_UNTIL_DEAD) {
                onDeath(nowNanos);
            }
            path.rate.onFeedbackEnd();
            if (path.carrier == Carrier.DATAGRAM || paths.primary().isAlive()) {
                path.loss.loseAll(nowNanos, this);
            }
        }
        if (path.carrier == Carrier.DATAGRAM) {
            transmitter.probe(classes, nowNanos);
        } else {
            probeStream(nowNanos);
        }
    }

    /** A stream repeats what it lost by itself: a repeated shard would only queue behind the first. */
    private void probeStream(long nowNanos) {
        if (canWrite()) {
            ping(nowNanos);
        } else {
            path.onElicitingSent(nowNanos);
        }
    }

    /** A path that swallows large packets and says nothing (RFC 8899, section 4.3), unless others carry them. */
    private void onDeath(long nowNanos) {
        counters.count(TransportReason.FEEDBACK_ENDED);
        paths.refresh();
        if (!paths.carries(path.mtuBytes()) && paths.onBlackHole()) {
            counters.count(TransportReason.PATH_MTU_FELL);
            sender.onMtuFell(nowNanos);
        }
    }

    /** Takes an acknowledgement of this path's packets. */
    void onAck(AckFrame frame, long packetNumber, long nowNanos) {
        long acked = path.loss.ackedPackets();
        if (path.loss.isOfUnsent(frame)) {
            counters.count(TransportReason.ACK_OF_UNSENT);
        }
        if (!path.loss.onAck(frame, nowNanos, this)) {
            return;
        }
        if (path.loss.ackedPackets() > acked) {
            onProgress();
        }
        boolean newest = packetNumber > newestAckNumber;
        newestAckNumber = Math.max(newestAckNumber, packetNumber);
        sender.onAck(frame, newest, nowNanos);
    }

    private void onProgress() {
        boolean wasAlive = isAlive();
        path.onProgress(path.loss.largestAckedBytes());
        if (!wasAlive) {
            paths.refresh();
        }
    }

    @Override
    public void onShardArrived(OutboundBlock block, int tag, long nowNanos) {
        sender.onShardArrived(block, tag, nowNanos);
    }

    @Override
    public void onShardLost(OutboundBlock block, int tag, long packetNumber, long nowNanos) {
        sender.onShardLost(path, block, tag, packetNumber);
    }

    /** Sends what may leave now; returns when to call again, or {@link Long#MAX_VALUE}. */
    long pump(long nowNanos) {
        path.lookAhead(nowNanos);
        return transmitter.pump(classes, nowNanos);
    }

    void ping(long nowNanos) {
        transmitter.ping(nowNanos);
    }

    /** Returns when the path has to be looked at again for losses, time-outs or an acknowledgement. */
    long deadlineNanos(long nowNanos) {
        long ack = path.acks.isDue(nowNanos) ? nowNanos + FLUSH_RETRY_NANOS : path.acks.dueNanos();
        long late = Math.min(path.loss.lossTimeNanos(), overtaken.dueNanos());
        return Math.min(Math.min(late, path.ptoNanos()), ack);
    }

    void onStep(long nowNanos) {
        if (telemetry != null) {
            telemetry.onStep(nowNanos);
        }
    }

    /** Returns whether sending stopped only because the channel's buffer was full, and it no longer is. */
    boolean hasRoomAgain() {
        return transmitter.isHeldBySink() && out.sink().isWritable();
    }

    /**
     * Ends the path, as when its connection is gone: what was in flight is lost, and repaired on others. The id may be opened again once
     * both sides have forgotten the path, as numbers start anew.
     */
    void close(long nowNanos) {
        closed = true;
        paths.remove(this);
        path.loss.loseAll(nowNanos, this);
        out.sink().leave();
    }

    long repairedPackets() {
        return transmitter.repairedPackets();
    }

    long repairedBytes() {
        return transmitter.repairedBytes();
    }
}
