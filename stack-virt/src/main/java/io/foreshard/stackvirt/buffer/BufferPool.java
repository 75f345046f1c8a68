package io.foreshard.stackvirt.buffer;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.runtime.Checks;
import io.foreshard.runtime.ReasonCounters;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Equal buffers out of one piece of memory that is set up at the beginning. Taking and giving back cost O(1) and allocate nothing. Belongs
 * to one thread, that of its executor; only releasing a buffer may happen on any. What others have released is seen when the owner runs out
 * of buffers or credits.
 */
public final class BufferPool {

    private static final int MOST_BYTES = 1 << 30;

    private final EventExecutor owner;
    private final PooledBuffer[] all;
    private final LevelReport report;
    /** A stack of the free ones: the last one that was used is still in the processor's cache. */
    private final PooledBuffer[] free;

    private final MpscVarHandleArrayQueue<PooledBuffer> releasedElsewhere;
    private final ReasonCounters<BufferReason> counters;
    private final List<BufferAccount> accounts = new ArrayList<>();
    private int freeCount;

    private BufferPool(Builder builder) {
        int bytes = Checks.inRange("bufferBytes", builder.bufferBytes, 64, 1 << 24);
        int buffers = Checks.inRange("buffers", builder.buffers, 1, MOST_BYTES / bytes);
        owner = builder.owner;
        Slab slab = Slab.allocate(buffers, bytes, builder.level, builder.hugePages);
        report = slab.report();
        all = slab.cut(this);
        free = all.clone();
        freeCount = buffers;
        releasedElsewhere = new MpscVarHandleArrayQueue<>(Math.max(2, buffers));
        counters = new ReasonCounters<>(BufferReason.class, builder.observer);
    }

    /**
     * Returns a builder with the defaults.
     *
     * @param owner on whose thread the pool is used
     */
    public static Builder builder(EventExecutor owner) {
        return new Builder(owner);
    }

    /**
     * Opens an account.
     *
     * @param name for the audit
     * @param credits how many buffers it may have, not below 0; the sum over all accounts may exceed what there is, at the price that one is
     *     left without
     */
    public BufferAccount open(String name, int credits) {
        BufferAccount account = new BufferAccount(this, name, Checks.notNegative("credits", credits));
        accounts.add(account);
        return account;
    }

    /**
     * Sets the credits of all accounts, in the order in which they were opened, closed ones left out. Who has more than it may keeps it, and
     * gets no more.
     *
     * @param credits one number for each open account
     * @throws IllegalArgumentException if there are not as many, or one is below 0
     */
    public void credits(int... credits) {
        List<BufferAccount> open =
                accounts.stream().filter(account -> !account.isClosed).toList();
        Checks.require(
                credits.length == open.size(), "credits", credits.length, open.size() + ", one for each account");
        for (int each : credits) {
            Checks.notNegative("credits", each);
        }
        for (int i = 0; i < credits.length; i++) {
            open.get(i).credits = credits[i];
        }
    }

    /**
     * Says that a buffer is another stack's from now on. It counts against the credits of that one, also beyond them.
     *
     * @param buffer of this pool, taken and not released
     * @param to whose it is
     * @param nowNanos the time, for the audit
     * @throws IllegalArgumentException if it is not of this pool or is free
     */
    public void transfer(ByteBuf buffer, BufferAccount to, long nowNanos) {
        BufferAccount from = buffer instanceof PooledBuffer pooled
                        && pooled.index() < all.length
                        && all[pooled.index()] == pooled
                        && buffer.refCnt() > 0
                ? pooled.account()
                : null;
        Checks.require(from != null, "buffer", buffer, "one of this pool that is in use");
        if (buffer instanceof PooledBuffer pooled && from != null) {
            from.held--;
            to.held++;
            pooled.hand(to, nowNanos);
        }
    }

    @Nullable
    ByteBuf acquire(BufferAccount account, long nowNanos) {
        if (account.held >= account.credits || freeCount == 0) {
            collect();
            if (account.held >= account.credits) {
                counters.count(BufferReason.CREDITS_SPENT);
                return null;
            }
            if (freeCount == 0) {
                counters.count(BufferReason.POOL_EMPTY);
                return null;
            }
        }
        PooledBuffer buffer = free[--freeCount];
        account.held++;
        buffer.hand(account, nowNanos);
        buffer.renew();
        return buffer.buffer();
    }

    /** The last reference to a buffer is gone. Any thread. */
    void released(PooledBuffer buffer) {
        if (owner.inEventLoop()) {
            take(buffer);
        } else if (!releasedElsewhere.offer(buffer)) {
            // Each buffer is in it once at most, and there is room for all.
            throw new IllegalStateException("buffer " + buffer.index() + ": released twice");
        }
    }

    private void collect() {
        for (PooledBuffer each = releasedElsewhere.poll(); each != null; each = releasedElsewhere.poll()) {
            take(each);
        }
    }

    private void take(PooledBuffer buffer) {
        BufferAccount account = buffer.account();
        if (account != null) {
            account.held--;
            buffer.hand(null, 0);
            free[freeCount++] = buffer;
        }
    }

    void close(BufferAccount account) {
        if (account.isClosed) {
            return;
        }
        collect();
        account.isClosed = true;
        account.credits = 0;
        if (account.held > 0) {
            counters.count(BufferReason.CLOSED_WITH_BUFFERS);
        }
    }

    /**
     * Says who has what since when. Costs O(buffers); forgets closed accounts that have nothing.
     *
     * @param nowNanos the time
     * @return one entry for each account, in the order in which they were opened
     */
    public List<Holding> audit(long nowNanos) {
        collect();
        accounts.removeIf(account -> account.isClosed && account.held == 0);
        Map<BufferAccount, Long> oldest = new HashMap<>();
        for (PooledBuffer buffer : all) {
            BufferAccount account = buffer.account();
            if (account != null) {
                oldest.merge(account, nowNanos - buffer.sinceNanos(), Math::max);
            }
        }
        return accounts.stream()
                .map(account -> new Holding(
                        account.name,
                        account.credits,
                        account.held,
                        oldest.getOrDefault(account, 0L),
                        account.isClosed))
                .toList();
    }

    /** Returns how many buffers are free, those released elsewhere included. */
    public int free() {
        collect();
        return freeCount;
    }

    /** Returns how many buffers there are. */
    public int size() {
        return all.length;
    }

    /** Returns how good the memory is, and why not better. Any thread. */
    public LevelReport report() {
        return report;
    }

    /** Returns what was counted. Any thread. */
    public Map<BufferReason, Long> counts() {
        return counters.snapshot();
    }

    /** Builds a pool. */
    public static final class Builder {

        private final EventExecutor owner;
        private int buffers = 1024;
        private int bufferBytes = 4096;
        private BufferLevel level = BufferLevel.KERNEL_PROVIDED;
        private @Nullable Path hugePages;
        private EngineObserver observer = EngineObserver.NOOP;

        private Builder(EventExecutor owner) {
            this.owner = owner;
        }

        /**
         * Sets how many buffers there are and how large each is. Default: 1024 of 4 KiB.
         *
         * @param count above 0; with the size at most 1 GiB in all
         * @param bytes 64 to 16 MiB
         * @return this
         */
        public Builder buffers(int count, int bytes) {
            buffers = count;
            bufferBytes = bytes;
            return this;
        }

        /**
         * Sets the highest level that is tried. Default: the highest there is. What was reached is in the report.
         *
         * @param highest how good the memory should be
         * @return this
         */
        public Builder level(BufferLevel highest) {
            level = highest;
            return this;
        }

        /**
         * Sets where large pages come from. Default: nowhere. Nothing is mounted and no pages are set aside; what is not there is in the report.
         *
         * @param folder of hugetlbfs, with pages enough for all buffers; a file there has no name but for a moment
         * @return this
         */
        public Builder hugePages(Path folder) {
            hugePages = folder;
            return this;
        }

        /**
         * Sets who is told what is counted. Default: nobody.
         *
         * @param newObserver told on the owner's thread
         * @return this
         */
        public Builder observer(EngineObserver newObserver) {
            observer = newObserver;
            return this;
        }

        /**
         * Builds the pool, with all of its memory.
         *
         * @throws IllegalArgumentException if a value is out of range
         */
        public BufferPool build() {
            return new BufferPool(this);
        }
    }
}
