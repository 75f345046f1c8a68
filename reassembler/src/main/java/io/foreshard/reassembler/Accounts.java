package io.foreshard.reassembler;

import io.foreshard.runtime.ByteBudget;
import org.jspecify.annotations.Nullable;

/**
 * Who holds how much: the engine's budget, the pool of unvalidated sources within it, and the rankings in which the holder of
 * most is found.
 */
final class Accounts {

    private final Limits limits;
    private final ByteBudget budget;
    private final ByteBudget pool;
    private final HolderRanking validated = new HolderRanking();
    private final HolderRanking unvalidated = new HolderRanking();

    Accounts(Limits limits) {
        this.limits = limits;
        this.budget = new ByteBudget(limits.maxBytes());
        this.pool = new ByteBudget(limits.unvalidatedPoolBytes());
    }

    /** Takes bytes for messages of a source, if there are any left. */
    boolean tryReserve(Source source, long bytes) {
        if (!tryReserveUnranked(source.isValidated(), bytes)) {
            return false;
        }
        source.addMessageBytes(bytes);
        rank(source);
        return true;
    }

    /** Gives bytes of a source's messages back. */
    void release(Source source, long bytes) {
        source.addMessageBytes(-bytes);
        releaseUnranked(source.isValidated(), bytes);
        rank(source);
    }

    /** Takes bytes that evicting messages does not bring back. */
    boolean tryReserveUnranked(boolean isValidated, long bytes) {
        if (!isValidated && !pool.tryReserve(bytes)) {
            return false;
        }
        if (budget.tryReserve(bytes)) {
            return true;
        }
        if (!isValidated) {
            pool.release(bytes);
        }
        return false;
    }

    void releaseUnranked(boolean isValidated, long bytes) {
        budget.release(bytes);
        if (!isValidated) {
            pool.release(bytes);
        }
    }

    /** Lets the memory of what has ended grow while three quarters of the budget are free. */
    void growMemory(Source source) {
        long bytes = source.finished().growthBytes();
        if (bytes > 0
                && budget.usedBytes() < limits.maxBytes() / 4
                && tryReserveUnranked(source.isValidated(), bytes)) {
            source.finished().grow();
        }
    }

    /** Takes a source that is about to be validated out of the pool. */
    void leavePool(Source source) {
        unvalidated.remove(source);
        pool.release(source.heldBytes());
    }

    void rank(Source source) {
        ranking(source).update(source);
    }

    void unrank(Source source) {
        ranking(source).remove(source);
    }

    private HolderRanking ranking(Source source) {
        return source.isValidated() ? validated : unvalidated;
    }

    /** Returns whether it is the pool that has no room, rather than the budget. */
    boolean isPoolShort(boolean isValidated, long bytes) {
        return !isValidated && pool.availableBytes() < bytes;
    }

    /** Returns who should give way to a source: one that holds about the most of all, or of the pool if that is short. */
    @Nullable
    Source biggestHolder(boolean isValidated, long bytes) {
        Source stranger = unvalidated.biggest();
        if (stranger != null && isPoolShort(isValidated, bytes)) {
            return stranger;
        }
        Source known = validated.biggest();
        if (known == null || stranger == null) {
            return known == null ? stranger : known;
        }
        return known.messageBytes() >= stranger.messageBytes() ? known : stranger;
    }

    /** Returns the receive credit; the law is that of {@link ShardSource#creditBytes}. */
    long creditBytes() {
        long quota = limits.quotaBytes();
        long half = limits.maxBytes() / 2;
        long over = budget.usedBytes() - half;
        if (over <= 0) {
            return quota;
        }
        double left = 1 - Math.min(1.0, (double) over / Math.max(1, limits.maxBytes() - half));
        long fairShare = limits.maxBytes() / Math.max(1, validated.holders());
        long floor = Math.max(limits.maxTotal(), Math.min(quota, fairShare));
        return Math.min(quota, Math.max(floor, (long) (quota * left)));
    }

    boolean isUnderPressure() {
        return budget.usedBytes() > limits.maxBytes() / 2;
    }

    long usedBytes() {
        return budget.usedBytes();
    }

    long peakBytes() {
        return budget.peakBytes();
    }

    Limits limits() {
        return limits;
    }
}
