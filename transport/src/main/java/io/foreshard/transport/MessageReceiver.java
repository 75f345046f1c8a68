package io.foreshard.transport;

import io.foreshard.reassembler.MessageFailure;
import io.foreshard.reassembler.MessageInfo;
import io.foreshard.reassembler.MessageProgress;
import io.foreshard.reassembler.Reassembler;
import io.foreshard.reassembler.ReassemblyListener;
import io.foreshard.reassembler.ShardSource;
import io.foreshard.runtime.ReasonCounters;
import io.foreshard.shardcodec.AckFrame;
import io.foreshard.shardcodec.OutcomeCodec;
import io.foreshard.shardcodec.OutcomeCodec.Rejection;
import io.foreshard.shardcodec.PacketKind;
import io.foreshard.shardcodec.PacketReader;
import io.foreshard.shardcodec.RejectReason;
import io.foreshard.shardcodec.SessionLimits;
import io.foreshard.shardcodec.WireFormat;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a session receives: hands shards to the reassembler, messages to the application, and tells the sender how they ended. A message
 * is committed by DONE only after the application's listener has had it. Confined to one event loop.
 */
final class MessageReceiver implements ReassemblyListener {

    private static final Logger LOG = LoggerFactory.getLogger(MessageReceiver.class);
    private static final int REJECT_BYTES = 14;
    private static final int MAX_REJECTS = 64;
    /** More at once than these are told when their senders remind. */
    private static final int MAX_DONE_AT_ONCE = 4 * OutcomeCodec.MAX_DONE;

    private final ShardSession session;
    private final SessionListener listener;
    private final Reassembler reassembler;
    private final SessionPaths paths;
    private final AckFrame frame;
    private final ReasonCounters<TransportReason> counters;
    private final long[] done = new long[MAX_DONE_AT_ONCE];
    private final ArrayDeque<Rejection> rejections = new ArrayDeque<>();
    private @Nullable ShardSource source;
    private int doneCount;

    MessageReceiver(
            ShardSession session,
            SessionListener listener,
            Reassembler reassembler,
            SessionPaths paths,
            AckFrame frame,
            ReasonCounters<TransportReason> counters) {
        this.session = session;
        this.listener = listener;
        this.reassembler = reassembler;
        this.paths = paths;
        this.frame = frame;
        this.counters = counters;
    }

    /** Returns what the reassembler grants, to be told in the handshake. */
    SessionLimits limits(TransportConfig config, int maxPacketBytes) {
        ShardSource held = source;
        return held == null
                ? config.limits(maxPacketBytes, 1, 1)
                : config.limits(maxPacketBytes, held.creditBytes(), held.creditMessages());
    }

    /** Takes its place in the reassembler; returns false when that is full. */
    boolean open(long nowNanos) {
        source = reassembler.open(this, true, nowNanos);
        return source != null;
    }

    void onShard(PacketReader packet, ByteBuf buffer, long nowNanos) {
        ShardSource held = source;
        if (held == null) {
            return;
        }
        long id = packet.shard().messageId();
        switch (reassembler.onShard(held, packet.shard(), buffer, packet.bodyIndex(), packet.payloadCrc(), nowNanos)) {
            case ALREADY_DELIVERED -> addDone(id);
            case ALREADY_FAILED -> repeatRejection(held, id, packet.shard().total());
            case ACCEPTED, COMPLETED, DUPLICATE, DROPPED -> {}
        }
    }

    private void repeatRejection(ShardSource held, long id, long total) {
        RejectReason reason = reassembler.failureOf(held, id);
        if (reason != null) {
            reject(new Rejection(id, total, reason, false));
        }
    }

    /** Returns what is foretold of the messages that are not whole yet. */
    List<MessageProgress> arriving(long nowNanos) {
        ShardSource held = source;
        return held == null ? List.of() : reassembler.progress(held, nowNanos);
    }

    void onAbandoned(Rejection rejection, long nowNanos) {
        if (source != null) {
            reassembler.abandon(source, rejection.messageId(), rejection.total(), nowNanos);
        }
    }

    /** Tells the reassembler what the path that shards come by is like. */
    void onPath() {
        Path heard = paths.lastHeard().path;
        Path measured = heard.rtt.hasSample() ? heard : paths.primary().path;
        if (source != null && measured.rtt.hasSample()) {
            source.onPath(measured.rtt.smoothedNanos(), measured.rtt.variationNanos(), heard.acks.lossRatio());
        }
    }

    @Override
    public void onMessage(ShardSource from, MessageInfo info, ByteBuf message) {
        addDone(info.messageId());
        try {
            listener.onMessage(session, info, message);
        } catch (RuntimeException fault) {
            counters.count(TransportReason.LISTENER_FAILED);
            LOG.warn("The listener of a session failed on a message", fault);
        }
    }

    @Override
    public void onFailure(ShardSource from, MessageFailure failure) {
        if (failure.reason() != RejectReason.ABANDONED) {
            MessageInfo info = failure.info();
            reject(new Rejection(info.messageId(), info.totalBytes(), failure.reason(), false));
        }
        try {
            listener.onFailure(session, failure);
        } catch (RuntimeException fault) {
            counters.count(TransportReason.LISTENER_FAILED);
            LOG.warn("The listener of a session failed on a failure", fault);
        }
    }

    @Override
    public void onFeedbackDue(ShardSource from) {
        paths.lastHeard().path.acks.hurry();
        feedbackDue.run();
    }

    private Runnable feedbackDue = () -> {};

    /** Sets what brings the session to service soon. */
    void whenFeedbackDue(Runnable action) {
        feedbackDue = action;
    }

    private void addDone(long messageId) {
        for (int i = 0; i < doneCount; i++) {
            if (done[i] == messageId) {
                return;
            }
        }
        if (doneCount == done.length) {
            return;
        }
        done[doneCount++] = messageId;
    }

    private void reject(Rejection rejection) {
        if (rejections.size() < MAX_REJECTS) {
            rejections.add(rejection);
        }
    }

    /** Sends DONE and REJECT on the path that heard last, and each path's ACK on it, as far as they are due and can be written. */
    void flush(long nowNanos) {
        SessionPath outcomes = paths.forOutcomes();
        if (outcomes != null) {
            flushDone(outcomes, nowNanos);
            for (Rejection next = rejections.poll(); next != null; next = rejections.poll()) {
                write(outcomes, next, nowNanos);
            }
        }
        for (int i = 0; i < paths.count(); i++) {
            flushAck(paths.get(i), nowNanos);
        }
    }

    /** Where no packet can be remembered, an ACK is not owed any longer: the next arrival asks again. */
    private void flushAck(SessionPath path, long nowNanos) {
        if (!path.path.sent.hasRoom()) {
            path.path.acks.onAckSent();
        } else if (path.path.acks.isDue(nowNanos) && path.canWrite()) {
            sendAck(path, nowNanos);
        }
    }

    private void flushDone(SessionPath path, long nowNanos) {
        for (int from = 0; from < doneCount; from += OutcomeCodec.MAX_DONE) {
            int count = Math.min(OutcomeCodec.MAX_DONE, doneCount - from);
            System.arraycopy(done, from, done, 0, count);
            ByteBuf packet = path.out.begin(PacketKind.DONE, path.path, 1 + count * Long.BYTES, nowNanos);
            OutcomeCodec.writeDone(packet, done, count);
            send(path, packet, nowNanos);
        }
        doneCount = 0;
    }

    void sendRejection(Rejection rejection, long nowNanos) {
        write(paths.lastHeard(), rejection, nowNanos);
    }

    private static void write(SessionPath path, Rejection rejection, long nowNanos) {
        ByteBuf packet = path.out.begin(PacketKind.REJECT, path.path, REJECT_BYTES, nowNanos);
        OutcomeCodec.writeReject(packet, rejection);
        send(path, packet, nowNanos);
    }

    private void sendAck(SessionPath path, long nowNanos) {
        ShardSource held = source;
        if (held == null) {
            return;
        }
        AckState acks = path.path.acks;
        int room = path.path.mtuBytes() - WireFormat.CONTROL_OVERHEAD_BYTES;
        acks.fill(frame, room, held.creditBytes(), held.creditMessages(), nowNanos);
        boolean more = reassembler.collectFeedback(held, frame, nowNanos);
        ByteBuf packet = path.out.begin(PacketKind.ACK, path.path, frame.encodedLength(), nowNanos);
        frame.write(packet);
        send(path, packet, nowNanos);
        acks.onAckSent();
        if (more) {
            acks.hurry();
        }
    }

    private static void send(SessionPath path, ByteBuf packet, long nowNanos) {
        path.path.sent.addUntracked(nowNanos);
        path.out.finish(path.path, packet);
    }

    void close() {
        ShardSource held = source;
        source = null;
        if (held != null) {
            reassembler.close(held);
        }
    }
}
