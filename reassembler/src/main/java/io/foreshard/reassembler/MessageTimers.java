package io.foreshard.reassembler;

import io.foreshard.runtime.ReasonCounters;
import io.foreshard.runtime.TimerWheel;
import io.foreshard.shardcodec.RejectReason;

/** The one timer of each message: deadline, stall, hopelessness, repair. It is set late rather than moved by every shard. */
final class MessageTimers implements Message.TimerTarget {

    private static final double HOPELESS = 0.01;

    private final Limits limits;
    private final TimerWheel wheel;
    private final ReasonCounters<ReassemblyReason> counters;
    private final MessageEnds ends;
    private final Repairer repairer;
    private final Announcer announcer;

    MessageTimers(
            Limits limits,
            TimerWheel wheel,
            ReasonCounters<ReassemblyReason> counters,
            MessageEnds ends,
            Repairer repairer,
            Announcer announcer) {
        this.limits = limits;
        this.wheel = wheel;
        this.counters = counters;
        this.ends = ends;
        this.repairer = repairer;
        this.announcer = announcer;
    }

    @Override
    public void onTimer(Message message, long nowNanos) {
        if (message.endNanos(limits) <= nowNanos) {
            expire(message, nowNanos);
        } else if (isHopeless(message, nowNanos)) {
            counters.count(ReassemblyReason.HOPELESS);
            ends.fail(message, RejectReason.DEADLINE, nowNanos);
        } else {
            repair(message, nowNanos);
        }
    }

    private void expire(Message message, long nowNanos) {
        RejectReason reason = message.wasRefused() ? RejectReason.CHECKSUM : RejectReason.STALLED;
        if (message.deadline().nanos() <= nowNanos) {
            reason = RejectReason.DEADLINE;
        }
        counters.count(
                switch (reason) {
                    case DEADLINE -> ReassemblyReason.DEADLINE_PASSED;
                    case CHECKSUM -> ReassemblyReason.CHECKSUM_FAILED;
                    default -> ReassemblyReason.STALLED;
                });
        ends.fail(message, reason, nowNanos);
    }

    private boolean isHopeless(Message message, long nowNanos) {
        if (message.deadline().nanos() == Long.MAX_VALUE) {
            return false;
        }
        Completion completion = message.completion(limits, nowNanos);
        boolean hopeless = completion.probability() < HOPELESS && completion.isImpossible();
        long since = message.round().hopelessSince(hopeless, nowNanos);
        return hopeless && nowNanos - since >= message.source().path().rttNanos();
    }

    private void repair(Message message, long nowNanos) {
        if (message.isRepairable()) {
            repairer.onTimer(message, nowNanos);
        }
        wheel.schedule(message.timer(), Math.max(nowNanos + 1, nextNanos(message, nowNanos)));
        announcer.announce(message.source());
    }

    private long nextNanos(Message message, long nowNanos) {
        return Math.min(message.endNanos(limits), repairer.nextNanos(message, nowNanos));
    }

    /** Sets the timer after a shard, if what it waits for now comes before what it waited for. */
    void onShard(Message message, long nowNanos) {
        armBefore(message, nextNanos(message, nowNanos));
    }

    void armBefore(Message message, long nanos) {
        if (!message.timer().isScheduled() || nanos < message.timer().deadlineNanos()) {
            wheel.schedule(message.timer(), nanos);
        }
    }
}
