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
    private int validatedSources;

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

    /** Lets the memory of what has ended grow beyond what was charged with its source, while much of the budget is free. */
    void growMemory(Source source, Growing memory) {
        long bytes = memory.growthBytes();
        if (bytes > 0
                && budget.usedBytes() < limits.maxBytes() / 4
                && tryReserveUnranked(source.isValidated(), bytes)) {
            memory.grow();
        }
    }

    void opened(boolean isValidated) {
        validatedSources += isValidated ? 1 : 0;
    }

    /** Gives back all that a source without messages still holds. */
    void close(Source source) {
        releaseUnranked(source.isValidated(), source.heldBytes());
        validatedSources -= source.isValidated() ? 1 : 0;
    }

    /** Takes a source that is about to be validated out of the pool. */
    void leavePool(Source source) {
        unvalidated.remove(source);
        pool.release(source.heldBytes());
        validatedSources++;
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
    long creditBytes(Source source) {
        long share = grantable() / Math.max(1, validatedSources);
        long credit = source.messageBytes() == 0 ? firstMessage() : source.payloadBytes() + growth();
        return Math.min(limits.quotaBytes(), Math.max(share, credit));
    }

    /** What is charged is about a quarter more than the payload, so two times three eighths of the budget can be kept. */
    private long grantable() {
        return limits.maxBytes() / 8 * 3;
    }

    /** Returns by how much each source that holds something may grow. */
    private long growth() {
        return Math.max(0, grantable() - budget.usedBytes()) / Math.max(1, validated.holders());
    }

    /** Returns a message of the largest size if there is room for two, or if nobody holds anything, else 0. */
    private long firstMessage() {
        boolean fits = validated.holders() == 0 || budget.availableBytes() / 2 >= limits.maxTotal();
        return fits ? limits.maxTotal() : 0;
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
