package io.foreshard.flowsharder.session;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.runtime.ReasonCounters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a session does by the clock: doubts silent legs, asks idle ones, helps flows that are stuck, gives up without legs. */
final class SessionPulse {

    private static final long BUSY_NANOS = 10_000_000L;
    private static final long IDLE_NANOS = 100_000_000L;
    private static final long SWEEP_NANOS = 200_000_000L;

    private final Session session;
    private final ReasonCounters<FlowSharderReason> counters;
    private final FloorGuard floor;
    private long dueNanos;
    private long sweepNanos;
    private long legsSeenNanos;
    private long waitsSeen;

    SessionPulse(Session session, ReasonCounters<FlowSharderReason> counters, long nowNanos) {
        this.session = session;
        this.counters = counters;
        dueNanos = nowNanos;
        sweepNanos = nowNanos;
        legsSeenNanos = nowNanos;
        floor = new FloorGuard(nowNanos);
    }

    long beat(long nowNanos) {
        forgive(nowNanos);
        boolean busy = false;
        for (Leg leg : List.copyOf(session.legs.all())) {
            // Who hears of one that is gone may have closed others.
            busy |= !leg.isDead() && look(leg, nowNanos);
        }
        if (nowNanos >= sweepNanos) {
            sweepNanos = nowNanos + SWEEP_NANOS;
            sweep(nowNanos);
        }
        guardFloor(nowNanos);
        resumeOrGiveUp(nowNanos);
        long next = busy || !session.pump.isIdle() ? BUSY_NANOS : IDLE_NANOS;
        dueNanos = nowNanos + next;
        return next;
    }

    /** What this process did not look at cannot be held against others. */
    private void forgive(long nowNanos) {
        long late = nowNanos - dueNanos - BUSY_NANOS;
        if (late > 0) {
            for (Leg leg : session.legs.all()) {
                leg.forgive(late);
            }
        }
    }

    /** Returns whether something is under way on the leg. */
    private boolean look(Leg leg, long nowNanos) {
        if (leg.isClogged(session.limits, nowNanos)) {
            counters.count(FlowSharderReason.CLOGGED_LEG);
            session.gone(leg, LegEndReason.CLOGGED);
            return false;
        }
        if (leg.doubtIfSilent(session.limits, nowNanos)) {
            session.counts().legsDoubted++;
        }
        if (leg.mayBeSalvaged() && session.legs.hasTrusted(nowNanos)) {
            session.salvage(leg);
        }
        if (leg.isDoubted() && leg.meter.stalledNanos(nowNanos) > session.limits.convictNanos()) {
            session.gone(leg, LegEndReason.SILENT);
        } else if (leg.hasOtherLeft() && leg.isQuiet()) {
            leg.flush();
            session.gone(leg, LegEndReason.LEFT);
        } else if (leg.isQuiet() && leg.port.isWritable() && leg.idleNanos(nowNanos) > pause()) {
            Debts.ping(leg, nowNanos);
        }
        return !leg.isDead() && !leg.isQuiet();
    }

    private long pause() {
        return session.flowCount() == 0 ? session.limits.pingNanos() : session.limits.pingNanos() / 4;
    }

    private void sweep(long nowNanos) {
        long stuckNanos = Math.max(SWEEP_NANOS, 3 * session.legs.longestRoundTripNanos());
        for (Flow flow : session.flows.all()) {
            if (flow.isStuck(stuckNanos, nowNanos)) {
                Leg over = flow.out.firstOver();
                if (flow.sendAgain()) {
                    suspect(over, nowNanos);
                }
                session.pump.offer(flow);
            }
            flow.in.window.restIfIdle(flow.in.takenBytes(), nowNanos);
        }
    }

    /** The leg may be innocent, where the other side had no room; but another one is no worse then. */
    private void suspect(@Nullable Leg leg, long nowNanos) {
        if (leg != null && leg.isTrusted(nowNanos) && session.legs.hasTrustedBeside(leg, nowNanos)) {
            leg.suspect(nowNanos);
        }
    }

    private void guardFloor(long nowNanos) {
        boolean before = floor.isCollapsed();
        Leg best = session.legs.best(nowNanos);
        double rate = best == null ? 0 : best.bytesPerSecond();
        boolean busy = session.flows.hasWaiting() || session.flows.waitCount() != waitsSeen;
        waitsSeen = session.flows.waitCount();
        floor.observe(
                session.counts().ackedBytes, busy, rate, session.legs.all().size(), nowNanos);
        if (floor.isCollapsed() != before) {
            session.legs.collapse(floor.isCollapsed(), nowNanos);
            session.counts().collapses += floor.isCollapsed() ? 1 : 0;
        }
    }

    private void resumeOrGiveUp(long nowNanos) {
        if (!session.legs.all().isEmpty() || session.flowCount() == 0) {
            legsSeenNanos = nowNanos;
        } else if (nowNanos - legsSeenNanos > session.limits.resumeNanos()) {
            session.failAll(ResetReason.NO_LEG);
        }
    }
}
