package io.foreshard.addrsharding.spi;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Records allocations durably. Nothing that it has acknowledged is ever lost, and no prefix ever has two owners.
 *
 * <p>All methods may be called by any thread. Stages complete on a thread of the store's executor, those of changes in the order of the calls
 * that one thread made; what depends on them must not block.
 */
public interface AllocationStore extends AutoCloseable {

    /**
     * Reads all living allocations as of one revision, in no particular order. To miss nothing that comes after, {@link #watch} first and
     * leave out the changes up to {@link StoreContents#revision()}.
     *
     * <p>A store may record changes meanwhile; what is read is as of that revision all the same, and the stage may complete later than those of
     * changes that were asked for after it.
     *
     * @param each receives every allocation, one at a time, on threads of the store, before the stage completes. Changes may wait meanwhile, so
     *     it should do no more than keep what it receives
     * @return completes with what was read, or with a {@link StoreException}
     */
    CompletionStage<StoreContents> load(Consumer<? super Allocation> each);

    /**
     * Records what holds of a prefix from now on, if what stands has a sequence lower by one (compare and swap).
     * {@link AllocationStatus#FREE} ends an allocation; only one that stands can be ended.
     *
     * <p>What has ended is forgotten, but for one number for each kind: the <em>floor</em>, the highest sequence that an ended allocation
     * had. An allocation of a prefix that nobody has may expect any sequence from the floor on, so that sequences of a prefix always
     * grow and a late change of a former owner is a conflict.
     *
     * <p>Changes are taken in the order of the calls that one thread made; a change may build upon one that is still on its way.
     *
     * @param next what is to hold
     * @return completes once it is durable, or is known not to be recorded; never exceptionally
     * @throws IllegalArgumentException if a name is longer than the store allows
     */
    CompletionStage<AppendOutcome> append(Allocation next);

    /**
     * Tells of every change that is recorded from now on, until the result is closed.
     *
     * @param listener told on a thread of the store; what it throws is logged
     * @return ends it
     */
    Watch watch(AllocationListener listener);

    /** Returns the right to append. */
    StoreLease lease();

    /** Records what waits, and ends the lease. Waits for the disk, except when called from a stage of the store. May be repeated. */
    @Override
    void close();

    /** Being told of changes. */
    interface Watch extends AutoCloseable {

        /** Ends it. May be repeated. */
        @Override
        void close();
    }
}
