package io.foreshard.addrsharding.spi;

import io.foreshard.addrsharding.prefix.AddressFamily;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Owns the address pools, and knows which shard is whose: free → pending → confirmed → draining → cooling → free. No address is ever part of
 * two shards.
 *
 * <p>Keeps its state in memory. Each change is given to a listener as one {@link AllocationChange} before the method returns; recorded in
 * that order they give the state again by {@link #restore}. Whoever uses a shard waits until its change is recorded, and then confirms it.
 *
 * <p>The {@linkplain Allocation#sequence() sequence} of a prefix grows from one owner to the next, though nothing is kept of free prefixes: the
 * first of a shard's life is the revision under which it was assigned, and no life has more changes than there were revisions.
 *
 * <p>Confined to one thread at a time. No method blocks.
 */
public interface AddressShardAllocator {

    /**
     * Assigns a shard, which is {@link AllocationStatus#PENDING} then.
     *
     * @param request what for
     * @param nowMillis milliseconds since 1970
     */
    ShardOutcome assign(ShardRequest request, long nowMillis);

    /**
     * Takes that a pending shard is recorded durably: it may be used and announced. Also that one that drains is used on, given its sequence;
     * an allocator may refuse that.
     *
     * @param key which shard
     * @param nowMillis milliseconds since 1970
     */
    ShardOutcome confirm(ShardKey key, long nowMillis);

    /**
     * Begins to give a confirmed shard back: nothing more is handed out of it, and routers are to withdraw it.
     *
     * @param key which shard
     * @param nowMillis milliseconds since 1970
     */
    ShardOutcome drain(ShardKey key, long nowMillis);

    /**
     * Gives a shard back. One that is draining, and withdrawn, cools; one that is pending is free at once, as nobody has used it. May be
     * repeated, also long after.
     *
     * @param key which shard
     * @param nowMillis milliseconds since 1970
     */
    ShardOutcome release(ShardKey key, long nowMillis);

    /**
     * Frees shards that have cooled, the longest idle first. Assigning does the same for as many as it needs, so this is to be called where
     * nothing is assigned for long.
     *
     * @param nowMillis milliseconds since 1970
     * @param most how many to free at most
     * @return how many were freed
     */
    int freeCooled(long nowMillis, int most);

    /**
     * Takes how large a subdivision is expected to become. That decides only where its shards are placed, never whether it gets them.
     *
     * @param subdivision which one
     * @param family of addresses
     * @param outlook replaces the one before
     */
    void expect(String subdivision, AddressFamily family, SpaceOutlook outlook);

    /**
     * Gives up what is reserved beyond what is expected now, and reserves for those of whom more is expected.
     *
     * @return what has changed
     */
    Rebalancing rebalance();

    /**
     * Returns what is known of a shard.
     *
     * @param handle that it was assigned under
     * @return null if it has been given back for good, or never was
     */
    @Nullable
    Allocation find(String handle);

    /**
     * Shows every shard that is not free, in no order.
     *
     * @param consumer must not change anything here
     */
    void forEach(Consumer<Allocation> consumer);

    /** Returns how much is free, and in how many pieces. Looks at everything: off the fast path. */
    SpaceReport report();

    /** Returns the revision of the last change, 0 before the first. */
    long revision();

    /**
     * Takes the state as it was recorded. To be called once, before anything is assigned.
     *
     * @param allocations the last of each prefix, in any order; free ones may be among them
     * @param lastRevision of the last change that was recorded
     * @throws IllegalArgumentException if two overlap, or one is in no pool, or cannot have been made here; then nothing is to be used
     * @throws IllegalStateException if anything was assigned or restored before
     */
    void restore(Iterable<Allocation> allocations, long lastRevision);
}
