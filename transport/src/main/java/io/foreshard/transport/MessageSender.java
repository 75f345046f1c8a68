package io.foreshard.transport;

import io.foreshard.runtime.KeyedLongMap;
import io.foreshard.runtime.ReasonCounters;
import io.foreshard.runtime.TimerWheel;
import io.foreshard.shardcodec.AckFrame;
import io.foreshard.shardcodec.Contract;
import io.foreshard.shardcodec.OutcomeCodec.Rejection;
import io.foreshard.shardcodec.RejectReason;
import io.foreshard.shardcodec.SessionLimits;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Promise;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session sends, on all of its paths. Decides what leaves next on a path; when it may leave is up to the {@link Path}'s rate.
 * Confined to one event loop.
 *
 * <p>A message is open from {@link #send} until its promise is completed, by a DONE, a REJECT, its deadline or the end of the session.
 * Acknowledged shards are not yet a delivered message: a reminder is sent until DONE arrives. Order: by class ({@link SendQueues}); in
 * a class repairs first, then messages first come, first sent.
 */
final class MessageSender implements OutboundMessage.TimeOut {

    private static final int MAX_FRESH_GENERATIONS = 8;
    private static final int MAX_REMINDER_SHIFT = 5;
    private static final int BEST_EFFORT_PTOS = 3;
    private static final int MAX_REMINDERS = 32;

    private final SessionPaths paths;
    private final ShardPlanner planner;
    private final TimerWheel timers;
    private final ReasonCounters<TransportReason> counters;
    private final SendBuffer buffer;
    private final KeyedLongMap<OutboundMessage> started;
    private final SendQueues queues = new SendQueues();
    private final SendCredit credit = new SendCredit();
    private final ReceiverFeedback feedback;
    private final AbandonListener abandoned;
    private long nextMessageId;
    private int selectedIndex;
    private boolean open;

    /** Is told of messages that the sender gave up after having sent a part. */
    interface AbandonListener {
        void onAbandoned(Rejection rejection);
    }

    MessageSender(
            SessionPaths paths,
            ShardPlanner planner,
            TimerWheel timers,
            SendBuffer buffer,
            SessionSecrets secrets,
            AbandonListener abandoned,
            ReasonCounters<TransportReason> counters) {
        this.paths = paths;
        this.planner = planner;
        this.timers = timers;
        this.buffer = buffer;
        this.abandoned = abandoned;
        this.counters = counters;
        this.feedback = new ReceiverFeedback(paths, this, queues);
        this.nextMessageId = secrets.firstMessageId();
        this.started = new KeyedLongMap<>(secrets.hashKey0(), secrets.hashKey1(), 16);
    }

    /** Opens the gate once the peer's limits are known. */
    void open(SessionLimits peer) {
        open = true;
        credit.open(peer);
    }

    void send(ByteBuf content, MessageOptions options, Promise<Void> promise, long nowNanos) {
        OutboundMessage message = new OutboundMessage(content, options, promise, this);
        if (!promise.setUncancellable()) {
            message.close();
            buffer.remove(message.contentLength());
            return;
        }
        if (open && message.total > credit.maxMessageBytes()) {
            fail(message, MessageFailedException.Cause.TOO_LARGE, tooLarge(message));
            return;
        }
        if (options.contract() == Contract.DEADLINE) {
            message.deadlineNanos = nowNanos + options.deadline().toNanos();
            timers.schedule(message, message.deadlineNanos);
        }
        message.judgedBy(paths.serving(message).forward.gate(), nowNanos);
        queues.of(message).add(message);
        buffer.onQueued();
    }

    private String tooLarge(OutboundMessage message) {
        return "message: " + message.total + " B (expected: <= " + credit.maxMessageBytes() + " B, the peer's limit)";
    }

    /**
     * Returns the block whose shard is to leave next on a path that serves a set of classes, and loads its index into
     * {@link #selectedIndex()}; {@code null} when there is nothing.
     */
    @Nullable
    OutboundBlock select(Path path, int classes, long nowNanos) {
        for (int i = 0; i < SendQueues.CLASSES; i++) {
            ClassQueue queue = queues.ofRank(path.turns.rank(i), classes);
            OutboundBlock block = queue == null ? null : select(queue, path, nowNanos);
            if (block != null) {
                return block;
            }
        }
        return null;
    }

    private @Nullable OutboundBlock select(ClassQueue queue, Path path, long nowNanos) {
        OutboundBlock repair = queue.repairs.next();
        if (repair != null) {
            selectedIndex = repair.nextRepair();
            return repair;
        }
        OutboundMessage message = queue.nextUnsent();
        if (message == null && startNext(queue, path, nowNanos)) {
            message = queue.nextUnsent();
        }
        if (message == null) {
            return null;
        }
        OutboundBlock block = unsentBlock(message, path, nowNanos);
        selectedIndex = block.nextUnsent();
        return block;
    }

    int selectedIndex() {
        return selectedIndex;
    }

    /** Returns the most that a message leaves at on a path, in bytes per second. */
    long pace(OutboundMessage message, Path path, long nowNanos) {
        return planner.pace(message, path, nowNanos);
    }

    private OutboundBlock unsentBlock(OutboundMessage message, Path path, long nowNanos) {
        int number = message.unsentBlock();
        OutboundBlock block = message.block(number);
        if (block == null) {
            block = planner.nextBlock(message, number, path, nowNanos);
            message.add(block);
        }
        return block;
    }

    private boolean startNext(ClassQueue queue, Path path, long nowNanos) {
        for (OutboundMessage message = queue.nextWaiting(); message != null && open; message = queue.nextWaiting()) {
            if (message.total > credit.maxMessageBytes()) {
                queue.pollWaiting();
                fail(message, MessageFailedException.Cause.TOO_LARGE, tooLarge(message));
            } else if (credit.fits(message)) {
                queue.pollWaiting();
                start(message, path, nowNanos);
                queue.onStarted(message);
                return true;
            } else {
                return false;
            }
        }
        return false;
    }

    private void start(OutboundMessage message, Path path, long nowNanos) {
        int exponent = planner.plan(message, path, nowNanos);
        message.start(nextMessageId++, exponent);
        started.put(message.id, message);
        credit.take(message);
    }

    /** Returns whether messages wait for the receiver to grant credit, and nothing else can be sent. */
    boolean isBlockedByCredit() {
        return open && queues.onlyWaits();
    }

    /** Returns whether anything is to be sent or awaited. */
    boolean isBusy() {
        return started.size() > 0 || queues.hasWaiting();
    }

    /** Takes that the selected shard has left. */
    void onSent(Path path, OutboundBlock block, int index, long packetNumber, long nowNanos) {
        if (block.nextUnsent() > index) {
            counters.count(TransportReason.SHARD_REPAIRED);
        }
        block.onSent(index, path.id, packetNumber);
        path.turns.onSent(block.message.options.trafficClass());
        OutboundMessage message = block.message;
        if (message.options.contract() == Contract.BEST_EFFORT && message.isSent()) {
            long patience = BEST_EFFORT_PTOS * path.rtt.ptoNanos(AckState.MAX_ACK_DELAY_NANOS);
            timers.schedule(message, nowNanos + patience);
        }
    }

    /** Takes that a packet which carried a shard was acknowledged. */
    void onShardArrived(OutboundBlock block, int tag, long nowNanos) {
        int index = OutboundBlock.indexOf(tag);
        if (!block.message.isOpen() || !block.isCurrent(tag)) {
            return;
        }
        markArrived(block, index, nowNanos);
    }

    void markArrived(OutboundBlock block, int index, long nowNanos) {
        if (!block.hasArrived(index) && block.onArrived(index)) {
            block.message.onBlockArrived();
            if (block.message.hasArrived()) {
                remindLater(block.message, nowNanos);
            }
        }
    }

    /** Takes that a packet which carried a shard was lost on a path. */
    void onShardLost(Path path, OutboundBlock block, int tag, long packetNumber) {
        int index = OutboundBlock.indexOf(tag);
        if (block.message.isRepairable()
                && block.isCurrent(tag)
                && block.wasLastSentAs(index, path.id, packetNumber)
                && !block.hasArrived(index)) {
            queues.repair(block, index);
        }
    }

    /** Takes credit and block bitmaps of an acknowledgement. */
    void onAck(AckFrame frame, boolean newest, long nowNanos) {
        if (newest) {
            credit.grant(frame.creditBytes(), frame.creditMessages());
        }
        for (int i = 0; i < frame.blockCount(); i++) {
            OutboundMessage message = started.get(frame.blockMessage(i));
            OutboundBlock block = message == null ? null : message.block(frame.blockNumber(i));
            if (block != null) {
                feedback.onBlock(frame, i, block, nowNanos);
            }
        }
    }

    /** The receiver's message checksum has failed. */
    void freshGeneration(OutboundBlock block, long nowNanos) {
        OutboundMessage message = block.message;
        if (++message.freshGenerations > MAX_FRESH_GENERATIONS * message.blockCount()) {
            fail(message, MessageFailedException.Cause.REJECTED, "the receiver keeps asking for fresh generations");
            return;
        }
        counters.count(TransportReason.GENERATION_RENEWED);
        renew(block, nowNanos);
    }

    private void renew(OutboundBlock block, long nowNanos) {
        boolean hadArrived = block.hasArrived();
        if (!planner.renew(block, paths.serving(block.message), nowNanos)) {
            fail(block.message, MessageFailedException.Cause.REJECTED, "a block has used up its generations");
            return;
        }
        block.message.onBlockRenewed(block, hadArrived);
        queues.of(block.message).onRenewed(block.message);
    }

    /** Renews every block that has shards larger than the paths now carry. */
    void onMtuFell(long nowNanos) {
        List<OutboundMessage> affected = new ArrayList<>(started.size());
        started.forEach((id, message) -> affected.add(message));
        for (OutboundMessage message : affected) {
            for (int i = 0; i < message.blockCount() && message.isOpen(); i++) {
                OutboundBlock block = message.block(i);
                if (block != null && !block.hasArrived() && block.shardSize() > paths.payloadCapacityBytes()) {
                    renew(block, nowNanos);
                }
            }
        }
    }

    /** Queues one shard that shows whether a path works; returns whether there is one. */
    boolean queueProbe(Path path, int classes) {
        return queues.addProbe(path.sent, classes);
    }

    private void remindLater(OutboundMessage message, long nowNanos) {
        long pto = paths.ptoNanos();
        long at = nowNanos + (pto << Math.min(message.reminders, MAX_REMINDER_SHIFT));
        timers.schedule(message, Math.min(at, message.deadlineNanos));
    }

    @Override
    public void onTimer(OutboundMessage message, long nowNanos) {
        if (!message.isOpen()) {
            return;
        }
        if (message.deadlineNanos - nowNanos <= 0) {
            abandon(
                    message,
                    MessageFailedException.Cause.DEADLINE,
                    "not committed within " + message.options.deadline(),
                    nowNanos);
        } else if (message.options.contract() == Contract.BEST_EFFORT) {
            abandon(message, MessageFailedException.Cause.UNCONFIRMED, "sent once and not confirmed", nowNanos);
        } else if (message.hasArrived() && message.reminders == MAX_REMINDERS) {
            abandon(message, MessageFailedException.Cause.UNCONFIRMED, "acknowledged and never committed", nowNanos);
        } else if (message.hasArrived()) {
            message.reminders++;
            OutboundBlock last = message.block(message.blockCount() - 1);
            if (last != null) {
                queues.repair(last, last.shardCount() - 1);
            }
            remindLater(message, nowNanos);
        } else if (message.deadlineNanos != Long.MAX_VALUE) {
            timers.schedule(message, message.deadlineNanos);
        }
    }

    private void abandon(OutboundMessage message, MessageFailedException.Cause cause, String text, long nowNanos) {
        boolean wasStarted = message.isStarted();
        message.score(nowNanos);
        fail(message, cause, text);
        if (wasStarted) {
            abandoned.onAbandoned(new Rejection(message.id, message.total, RejectReason.ABANDONED, true));
        }
    }

    void onDone(long messageId, long nowNanos) {
        OutboundMessage message = started.get(messageId);
        if (message != null && message.isSent()) {
            close(message);
            message.score(nowNanos);
            message.promise.trySuccess(null);
        }
    }

    void onReject(Rejection rejection) {
        OutboundMessage message = started.get(rejection.messageId());
        if (message != null && message.total == rejection.total()) {
            fail(message, MessageFailedException.Cause.REJECTED, "rejected by the receiver: " + rejection.reason());
        }
    }

    private void fail(OutboundMessage message, MessageFailedException.Cause cause, String text) {
        close(message);
        message.promise.tryFailure(new MessageFailedException(cause, text));
    }

    private void close(OutboundMessage message) {
        timers.cancel(message);
        if (!message.isStarted()) {
            queues.of(message).onEndedWaiting();
        } else if (started.remove(message.id) != null) {
            credit.giveBack(message);
        }
        message.close();
        buffer.remove(message.contentLength());
    }

    /** Fails everything, at the end of the session. */
    void closeAll(String text) {
        List<OutboundMessage> all = new ArrayList<>();
        queues.collectWaiting(all);
        started.forEach((id, message) -> all.add(message));
        for (OutboundMessage message : all) {
            if (message.isOpen()) {
                fail(message, MessageFailedException.Cause.SESSION_CLOSED, text);
            }
        }
        queues.clear();
    }
}
