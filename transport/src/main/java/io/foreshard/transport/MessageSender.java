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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session sends: messages that wait for credit, messages under way, shards to be repaired. Decides what leaves next; when it
 * may leave is up to the {@link Path}'s rate. Confined to one event loop.
 *
 * <p>A message is open from {@link #send} until its promise is completed, by a DONE, a REJECT, its deadline or the end of the session.
 * Acknowledged shards are not yet a delivered message: a reminder is sent until DONE arrives. Order: repairs first, then messages
 * first come, first sent.
 */
final class MessageSender implements LossDetector.Listener, OutboundMessage.TimeOut {

    private static final int MAX_FRESH_GENERATIONS = 8;
    private static final int MAX_REMINDER_SHIFT = 5;
    private static final int BEST_EFFORT_PTOS = 3;
    private static final int MAX_REMINDERS = 32;
    private static final int SWEEP_AT_LEAST = 64;

    private final Path path;
    private final ShardPlanner planner;
    private final TimerWheel timers;
    private final ReasonCounters<TransportReason> counters;
    private final SendBuffer buffer;
    private final KeyedLongMap<OutboundMessage> started;
    private final ArrayDeque<OutboundMessage> waiting = new ArrayDeque<>();
    private final ArrayDeque<OutboundMessage> unsent = new ArrayDeque<>();
    private final RepairQueue repairs = new RepairQueue();
    private final ReceiverFeedback feedback;
    private final AbandonListener abandoned;
    private long nextMessageId;
    private long outstandingBytes;
    private long maxMessageBytes;
    private long creditBytes;
    private long creditMessages;
    private int selectedIndex;
    private int endedWhileWaiting;
    private boolean open;

    /** Is told of messages that the sender gave up after having sent a part. */
    interface AbandonListener {
        void onAbandoned(Rejection rejection);
    }

    MessageSender(
            Path path,
            ShardPlanner planner,
            TimerWheel timers,
            SendBuffer buffer,
            SessionSecrets secrets,
            AbandonListener abandoned,
            ReasonCounters<TransportReason> counters) {
        this.path = path;
        this.planner = planner;
        this.timers = timers;
        this.buffer = buffer;
        this.abandoned = abandoned;
        this.counters = counters;
        this.feedback = new ReceiverFeedback(path, this, repairs);
        this.nextMessageId = secrets.firstMessageId();
        this.started = new KeyedLongMap<>(secrets.hashKey0(), secrets.hashKey1(), 16);
    }

    /** Opens the gate once the peer's limits are known. */
    void open(SessionLimits peer) {
        open = true;
        maxMessageBytes = peer.maxMessageBytes();
        creditBytes = peer.creditBytes();
        creditMessages = peer.creditMessages();
    }

    void send(ByteBuf content, MessageOptions options, Promise<Void> promise, long nowNanos) {
        OutboundMessage message = new OutboundMessage(content, options, promise, this);
        if (!promise.setUncancellable()) {
            message.close();
            buffer.remove(message.contentLength());
            return;
        }
        if (open && message.total > maxMessageBytes) {
            fail(message, MessageFailedException.Cause.TOO_LARGE, tooLarge(message));
            return;
        }
        if (options.contract() == Contract.DEADLINE) {
            message.deadlineNanos = nowNanos + options.deadline().toNanos();
            timers.schedule(message, message.deadlineNanos);
        }
        waiting.add(message);
        buffer.onQueued();
    }

    private String tooLarge(OutboundMessage message) {
        return "message: " + message.total + " B (expected: <= " + maxMessageBytes + " B, the peer's limit)";
    }

    /** Returns the block whose shard is to leave next and loads its index into {@link #selectedIndex()}, or {@code null}. */
    @Nullable
    OutboundBlock select(long nowNanos) {
        OutboundBlock repair = repairs.next();
        if (repair != null) {
            selectedIndex = repair.nextRepair();
            return repair;
        }
        return selectNew(nowNanos);
    }

    int selectedIndex() {
        return selectedIndex;
    }

    private @Nullable OutboundBlock selectNew(long nowNanos) {
        for (OutboundMessage message = unsent.peek(); ; message = unsent.peek()) {
            if (message == null) {
                if (!startNext(nowNanos)) {
                    return null;
                }
                continue;
            }
            if (message.isOpen() && !message.isSent()) {
                OutboundBlock block = unsentBlock(message, nowNanos);
                selectedIndex = block.nextUnsent();
                return block;
            }
            unsent.poll();
        }
    }

    private OutboundBlock unsentBlock(OutboundMessage message, long nowNanos) {
        int number = message.unsentBlock();
        OutboundBlock block = message.block(number);
        if (block == null) {
            block = planner.nextBlock(message, number, path, nowNanos);
            message.add(block);
        }
        return block;
    }

    private boolean startNext(long nowNanos) {
        while (!waiting.isEmpty() && open) {
            OutboundMessage message = waiting.peek();
            if (!message.isOpen()) {
                waiting.poll();
                continue;
            }
            if (message.total > maxMessageBytes) {
                waiting.poll();
                fail(message, MessageFailedException.Cause.TOO_LARGE, tooLarge(message));
                continue;
            }
            if (outstandingBytes + message.total > creditBytes || started.size() >= creditMessages) {
                return false;
            }
            waiting.poll();
            start(message, nowNanos);
            return true;
        }
        return false;
    }

    private void start(OutboundMessage message, long nowNanos) {
        int exponent = planner.plan(message, path, nowNanos);
        message.start(nextMessageId++, exponent);
        started.put(message.id, message);
        outstandingBytes += message.total;
        unsent.add(message);
    }

    /** Returns whether messages wait for the receiver to grant credit, and nothing else can be sent. */
    boolean isBlockedByCredit() {
        return open && !waiting.isEmpty() && unsent.isEmpty() && repairs.isEmpty();
    }

    /** Returns whether anything is to be sent or awaited. */
    boolean isBusy() {
        return started.size() > 0 || !waiting.isEmpty();
    }

    /** Takes that the selected shard has left. */
    void onSent(OutboundBlock block, int index, long packetNumber, long nowNanos) {
        if (block.nextUnsent() > index) {
            counters.count(TransportReason.SHARD_REPAIRED);
        }
        block.onSent(index, packetNumber);
        OutboundMessage message = block.message;
        if (message.options.contract() == Contract.BEST_EFFORT && message.isSent()) {
            long patience = BEST_EFFORT_PTOS * path.rtt.ptoNanos(AckState.MAX_ACK_DELAY_NANOS);
            timers.schedule(message, nowNanos + patience);
        }
    }

    @Override
    public void onShardArrived(OutboundBlock block, int tag, long nowNanos) {
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

    @Override
    public void onShardLost(OutboundBlock block, int tag, long packetNumber, long nowNanos) {
        int index = OutboundBlock.indexOf(tag);
        if (block.message.isRepairable()
                && block.isCurrent(tag)
                && block.wasLastSentAs(index, packetNumber)
                && !block.hasArrived(index)) {
            repairs.add(block, index);
        }
    }

    /** Takes credit and block bitmaps of an acknowledgement. */
    void onAck(AckFrame frame, boolean newest, long nowNanos) {
        if (newest) {
            creditBytes = frame.creditBytes();
            creditMessages = frame.creditMessages();
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
        if (!planner.renew(block, path, nowNanos)) {
            fail(block.message, MessageFailedException.Cause.REJECTED, "a block has used up its generations");
            return;
        }
        block.message.onBlockRenewed(block, hadArrived);
        unsent.addFirst(block.message);
    }

    /** Renews every block that has shards larger than the path now carries. */
    void onMtuFell(long nowNanos) {
        List<OutboundMessage> affected = new ArrayList<>(started.size());
        started.forEach((id, message) -> affected.add(message));
        for (OutboundMessage message : affected) {
            for (int i = 0; i < message.blockCount() && message.isOpen(); i++) {
                OutboundBlock block = message.block(i);
                if (block != null && !block.hasArrived() && block.shardSize() > path.payloadCapacityBytes()) {
                    renew(block, nowNanos);
                }
            }
        }
    }

    /** Queues one shard that shows whether the path works; returns whether there is one. */
    boolean queueProbe() {
        return repairs.addProbe(path.sent);
    }

    private void remindLater(OutboundMessage message, long nowNanos) {
        long pto = path.rtt.ptoNanos(AckState.MAX_ACK_DELAY_NANOS);
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
                    "not committed within " + message.options.deadline());
        } else if (message.options.contract() == Contract.BEST_EFFORT) {
            abandon(message, MessageFailedException.Cause.UNCONFIRMED, "sent once and not confirmed");
        } else if (message.hasArrived() && message.reminders == MAX_REMINDERS) {
            abandon(message, MessageFailedException.Cause.UNCONFIRMED, "acknowledged and never committed");
        } else if (message.hasArrived()) {
            message.reminders++;
            OutboundBlock last = message.block(message.blockCount() - 1);
            if (last != null) {
                repairs.add(last, last.shardCount() - 1);
            }
            remindLater(message, nowNanos);
        } else if (message.deadlineNanos != Long.MAX_VALUE) {
            timers.schedule(message, message.deadlineNanos);
        }
    }

    private void abandon(OutboundMessage message, MessageFailedException.Cause cause, String text) {
        boolean wasStarted = message.isStarted();
        fail(message, cause, text);
        if (wasStarted) {
            abandoned.onAbandoned(new Rejection(message.id, message.total, RejectReason.ABANDONED, true));
        }
    }

    void onDone(long messageId) {
        OutboundMessage message = started.get(messageId);
        if (message != null && message.isSent()) {
            close(message);
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
            forgetEndedWaiting();
        } else if (started.remove(message.id) != null) {
            outstandingBytes -= message.total;
        }
        message.close();
        buffer.remove(message.contentLength());
    }

    /** Messages that end while they wait leave their places in the queue empty; swept when half of it is. */
    private void forgetEndedWaiting() {
        if (++endedWhileWaiting > SWEEP_AT_LEAST && 2 * endedWhileWaiting > waiting.size()) {
            waiting.removeIf(message -> !message.isOpen());
            endedWhileWaiting = 0;
        }
    }

    /** Fails everything, at the end of the session. */
    void closeAll(String text) {
        List<OutboundMessage> all = new ArrayList<>(waiting);
        started.forEach((id, message) -> all.add(message));
        for (OutboundMessage message : all) {
            if (message.isOpen()) {
                fail(message, MessageFailedException.Cause.SESSION_CLOSED, text);
            }
        }
        waiting.clear();
        unsent.clear();
        repairs.clear();
    }
}
