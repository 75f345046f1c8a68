package io.foreshard.reassembler;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.runtime.ReasonCounters;
import io.foreshard.runtime.TimerWheel;
import io.foreshard.shardcodec.AckFrame;
import io.foreshard.shardcodec.RejectReason;
import io.foreshard.shardcodec.ShardHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The engine: puts its parts together and opens and closes sources. */
final class DefaultReassembler implements Reassembler {

    private static final long TICK_NANOS = 1_000_000L;

    private final Limits limits;
    private final Accounts accounts;
    private final ReasonCounters<ReassemblyReason> counters;
    private final TimerWheel wheel;
    private final MessageEnds ends;
    private final MessageTimers timers;
    private final Evictor evictor;
    private final Intake intake;
    private final Announcer announcer;
    private final FeedbackWriter feedback;
    private final Arrival arrival = new Arrival();
    private int sources;

    DefaultReassembler(Limits limits, ByteBufAllocator allocator, EngineObserver observer, long nowNanos) {
        this.limits = limits;
        accounts = new Accounts(limits);
        counters = new ReasonCounters<>(ReassemblyReason.class, observer);
        wheel = new TimerWheel(nowNanos, TICK_NANOS);
        announcer = new Announcer(counters);
        MessageAssembler assembler = new MessageAssembler(allocator, limits.deliverPartial());
        ends = new MessageEnds(limits, accounts, wheel, counters, assembler);
        Repairer repairer = new Repairer(accounts, counters);
        timers = new MessageTimers(limits, wheel, counters, ends, repairer, announcer);
        feedback = new FeedbackWriter(counters, timers);
        Placement placement =
                new Placement(accounts, counters, new ShardStore(allocator), assembler, ends, repairer, timers);
        evictor = new Evictor(limits, accounts, counters, ends);
        intake = new Intake(accounts, counters, evictor, ends, placement);
    }

    @Override
    public @Nullable ShardSource open(ReassemblyListener listener, boolean validated, long nowNanos) {
        return open(listener, validated, true, nowNanos);
    }

    /** Opens a source that gets no feedback, so that nothing is kept to ask it for. */
    @Nullable
    ShardSource openOneWay(ReassemblyListener listener, boolean validated, long nowNanos) {
        return open(listener, validated, false, nowNanos);
    }

    private @Nullable ShardSource open(
            ReassemblyListener listener, boolean validated, boolean answering, long nowNanos) {
        if (sources == limits.maxSources() || !evictor.reserveSource(validated, nowNanos)) {
            counters.count(ReassemblyReason.SOURCES_EXHAUSTED);
            return null;
        }
        sources++;
        accounts.opened(validated);
        return new Source(accounts, timers, listener, limits, validated, answering);
    }

    @Override
    public ShardOutcome onShard(
            ShardSource source, ShardHeader header, ByteBuf packet, int payloadIndex, int payloadCrc, long nowNanos) {
        Source own = own(source);
        if (own.isClosed()) {
            return ShardOutcome.DROPPED;
        }
        arrival.set(header, packet, payloadIndex, payloadCrc, nowNanos);
        try {
            return intake.onShard(own, arrival);
        } finally {
            arrival.clear();
            announcer.announce(own);
        }
    }

    @Override
    public void abandon(ShardSource source, long messageId, long total, long nowNanos) {
        Source own = own(source);
        if (own.isClosed()) {
            return;
        }
        Message message = own.variant(messageId, total);
        if (message != null) {
            counters.count(ReassemblyReason.ABANDONED);
            ends.fail(message, RejectReason.ABANDONED, nowNanos);
        } else if (own.finished().get(messageId) == null) {
            ends.remember(own, messageId, RejectReason.ABANDONED, total);
        }
    }

    @Override
    public boolean collectFeedback(ShardSource source, AckFrame frame, long nowNanos) {
        return feedback.collect(own(source), frame, nowNanos);
    }

    @Override
    public void advance(long nowNanos) {
        wheel.advance(nowNanos);
    }

    @Override
    public long nextTimerNanos() {
        return wheel.nextDeadlineNanos();
    }

    @Override
    public void close(ShardSource source) {
        Source own = own(source);
        if (!own.isClosed()) {
            ends.closeSource(own);
            sources--;
        }
    }

    @Override
    public @Nullable MessageProgress progress(ShardSource source, long messageId, long nowNanos) {
        Message message = own(source).messages().get(messageId);
        return message == null ? null : progressOf(message, nowNanos);
    }

    @Override
    public List<MessageProgress> progress(ShardSource source, long nowNanos) {
        List<MessageProgress> all = new ArrayList<>(own(source).messages().size());
        own(source).messages().forEach((id, message) -> all.add(progressOf(message, nowNanos)));
        return all;
    }

    private MessageProgress progressOf(Message message, long nowNanos) {
        Completion completion = message.completion(limits, nowNanos);
        return new MessageProgress(
                message.id(),
                message.payloadBytes(),
                message.total(),
                completion.probability(),
                completion.expectedNanos());
    }

    @Override
    public @Nullable RejectReason failureOf(ShardSource source, long messageId) {
        FinishedMessages.Ending ending = own(source).finished().get(messageId);
        return ending == null ? null : ending.reason();
    }

    @Override
    public long usedBytes() {
        return accounts.usedBytes();
    }

    @Override
    public long peakBytes() {
        return accounts.peakBytes();
    }

    @Override
    public long count(ReassemblyReason reason) {
        return counters.get(reason);
    }

    private static Source own(ShardSource source) {
        if (source instanceof Source own) {
            return own;
        }
        throw new IllegalArgumentException("source: " + source + " (expected: one opened by this engine)");
    }
}
