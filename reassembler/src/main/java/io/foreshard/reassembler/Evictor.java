package io.foreshard.reassembler;

import io.foreshard.runtime.ReasonCounters;
import io.foreshard.shardcodec.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * Makes room by giving up the message that is least likely to be whole in time, of the source that holds about the most. A
 * source that itself holds most may only replace a message of its own by a more likely one.
 */
final class Evictor {

    private static final int CANDIDATES = 16;
    private static final int EVICTIONS_PER_SHARD = 8;
    private static final double LIKELY = 0.5;

    private final Limits limits;
    private final Accounts accounts;
    private final ReasonCounters<ReassemblyReason> counters;
    private final MessageEnds ends;

    Evictor(Limits limits, Accounts accounts, ReasonCounters<ReassemblyReason> counters, MessageEnds ends) {
        this.limits = limits;
        this.accounts = accounts;
        this.counters = counters;
        this.ends = ends;
    }

    /** Takes bytes for a source, evicting others if there is no room, and returns whether it could. */
    boolean reserve(Source source, @Nullable Message message, long bytes, long nowNanos) {
        for (int evictions = 0; !source.isClosed(); evictions++) {
            if (accounts.tryReserve(source, bytes)) {
                return true;
            }
            if (evictions == EVICTIONS_PER_SHARD || !evict(source, message, bytes, nowNanos)) {
                counters.count(
                        accounts.isPoolShort(source.isValidated(), bytes)
                                ? ReassemblyReason.UNVALIDATED_POOL
                                : ReassemblyReason.BUDGET_EXHAUSTED);
                return false;
            }
        }
        return false;
    }

    private boolean evict(Source needy, @Nullable Message message, long bytes, long nowNanos) {
        Source biggest = accounts.biggestHolder(needy.isValidated(), bytes);
        if (biggest == null) {
            return false;
        }
        int rankAfter = HolderRanking.rank(needy.messageBytes() + bytes);
        if (biggest == needy || HolderRanking.rank(biggest.messageBytes()) <= rankAfter) {
            return evictOwn(needy, message, nowNanos);
        }
        return evictFrom(biggest, nowNanos);
    }

    private boolean evictFrom(Source biggest, long nowNanos) {
        Message victim = leastLikely(biggest, null, nowNanos);
        return victim != null && giveUp(victim, ReassemblyReason.EVICTED_GLOBAL, nowNanos);
    }

    /** Takes the bytes of a new source, which holds less than anybody, evicting others if there is no room. */
    boolean reserveSource(boolean isValidated, long nowNanos) {
        long bytes = limits.sourceBytes();
        for (int evictions = 0; evictions <= EVICTIONS_PER_SHARD; evictions++) {
            if (accounts.tryReserveUnranked(isValidated, bytes)) {
                return true;
            }
            Source biggest = accounts.biggestHolder(isValidated, bytes);
            if (biggest == null || !evictFrom(biggest, nowNanos)) {
                return false;
            }
        }
        return false;
    }

    /** Gives up a message of a source that is less likely than another one of it, {@code null} for one that begins. */
    boolean evictOwn(Source source, @Nullable Message message, long nowNanos) {
        Message victim = leastLikely(source, message, nowNanos);
        if (victim == null) {
            return false;
        }
        double chance = probability(victim, nowNanos);
        double other = message == null ? LIKELY : probability(message, nowNanos);
        return chance < Math.min(LIKELY, other) && giveUp(victim, ReassemblyReason.EVICTED_OWN, nowNanos);
    }

    private boolean giveUp(Message victim, ReassemblyReason reason, long nowNanos) {
        counters.count(reason);
        ends.fail(victim, RejectReason.EVICTED, nowNanos);
        return true;
    }

    /** Looks at a bounded number of messages, others each time; of equals, at the first one looked at. */
    private @Nullable Message leastLikely(Source source, @Nullable Message except, long nowNanos) {
        Message least = null;
        double lowest = Double.POSITIVE_INFINITY;
        int candidates = Math.min(CANDIDATES, source.order().size());
        for (int i = 0; i < candidates; i++) {
            Message candidate = source.order().rotate();
            if (candidate == null || candidate == except) {
                continue;
            }
            double chance = probability(candidate, nowNanos);
            if (chance < lowest) {
                lowest = chance;
                least = candidate;
            }
        }
        return least;
    }

    private double probability(Message message, long nowNanos) {
        return message.completion(limits, nowNanos).probability();
    }
}
