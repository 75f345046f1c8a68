package io.foreshard.addrsharding.warm;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.runtime.Checks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands out single addresses of a subdivision's shards, those that have been idle for longest first, and takes them back. Handing out and
 * releasing take the same time however full the pool is. An address that was released cools before it is handed out again, as others may remember who had it.
 * Nothing is kept of addresses that were never warm, so a shard may be a whole IPv6 subnet.
 *
 * <p>Safe for any thread: one short lock for each subdivision, which nobody holds while the {@link AddressListener} records. Memory: 12 bytes per address that
 * was ever warm, up to half as much again as room to grow.
 */
public final class WarmPool {

    /** How many addresses of one shard can have been warm; more are refused. */
    public static final int MAX_WARM_PER_SHARD = 1 << 20;

    /** How many shards a pool can have had. */
    public static final int MAX_SHARDS = 1 << 11;

    private static final int SLOT_BITS = 20;
    private static final int TICK_MILLIS = 100;
    private static final int SPINS = 200;

    private final String subdivision;
    private final long cooldownMillis;
    private final long originMillis;
    private final AddressListener listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<@Nullable WarmShard> shards = new ArrayList<>();
    /** Never handed out yet: idle for longest. */
    private final PlaceQueue fresh = new PlaceQueue(this);

    private final PlaceQueue cooling = new PlaceQueue(this);
    private final PlaceQueue retired = new PlaceQueue(this);
    private long inUse;
    private long hits;
    private long misses;
    private long coolingMisses;
    private long lateReleases;

    /**
     * Makes a pool without shards.
     *
     * @param subdivision whose it is
     * @param cooldown for how long a released address is not handed out, up to 20 minutes; 30 seconds is usual
     * @param nowMillis the time, in milliseconds since 1970; times are good for six years from here
     * @param listener is told of each change
     * @throws IllegalArgumentException if the cooldown is out of range
     */
    public WarmPool(String subdivision, Duration cooldown, long nowMillis, AddressListener listener) {
        this.subdivision = subdivision;
        cooldownMillis = Checks.duration("cooldown", cooldown, Duration.ZERO, Duration.ofMinutes(20)) / 1_000_000;
        originMillis = nowMillis;
        this.listener = listener;
    }

    /**
     * Adds a shard. None of its addresses is warm yet.
     *
     * @param prefix overlaps no other shard of this pool
     * @return its number, for {@link #warm} and {@link #drop}
     * @throws IllegalArgumentException if it overlaps
     * @throws IllegalStateException if there have been too many shards
     */
    public int add(Prefix prefix) {
        lock();
        try {
            for (WarmShard shard : shards) {
                Checks.require(
                        shard == null || !shard.prefix.overlaps(prefix),
                        "prefix",
                        prefix,
                        "no overlap with a shard of the pool");
            }
            if (shards.size() == MAX_SHARDS) {
                throw new IllegalStateException("shards: " + MAX_SHARDS + " (expected: room for " + prefix + ")");
            }
            shards.add(new WarmShard(prefix, shards.size(), MAX_WARM_PER_SHARD));
            return shards.size() - 1;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes addresses of a shard warm that never were, in order.
     *
     * @param shard its number
     * @param count how many, not negative
     * @return how many it had room for
     * @throws IllegalArgumentException if there is no such shard
     */
    public int warm(int shard, int count) {
        Checks.notNegative("count", count);
        lock();
        try {
            WarmShard to = existing(shard);
            int done = Math.min(count, to.capacity - to.slots);
            to.reserve(done);
            for (int i = 0; i < done; i++) {
                fresh.add(place(shard, to.slots++));
            }
            return done;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes addresses warm again that were retired.
     *
     * @param count how many, not negative
     * @return how many there were
     */
    public int rewarm(int count) {
        lock();
        try {
            int done = Math.min(Checks.notNegative("count", count), retired.size());
            for (int i = 0; i < done; i++) {
                fresh.add(retired.remove());
            }
            return done;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes idle addresses cold: they are not handed out until {@link #rewarm}. Those that still cool stay.
     *
     * @param count how many, not negative
     * @param nowMillis the time
     * @return how many there were
     */
    public int retire(int count, long nowMillis) {
        lock();
        try {
            Checks.notNegative("count", count);
            int done = 0;
            for (; done < count; done++) {
                int place = takeIdle(nowMillis);
                if (place == PlaceQueue.NONE) {
                    break;
                }
                retired.add(place);
            }
            return done;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Drops a shard that has no address in use.
     *
     * @param shard its number
     * @return false if an address is in use; then nothing changes
     * @throws IllegalArgumentException if there is no such shard
     */
    public boolean drop(int shard) {
        lock();
        try {
            WarmShard gone = existing(shard);
            for (int slot = 0; slot < gone.slots; slot++) {
                if (isOut(gone.sequence[slot])) {
                    return false;
                }
            }
            fresh.dropShard(shard);
            cooling.dropShard(shard);
            retired.dropShard(shard);
            shards.set(shard, null);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Hands out the address that has been idle for longest.
     *
     * @param handle for whom
     * @param nowMillis the time, in milliseconds since 1970
     * @return a {@link Lease}, or why there is none
     * @throws RuntimeException what the listener throws; then nothing is handed out
     */
    public HandOut handOut(String handle, long nowMillis) {
        int place;
        int sequence;
        WarmShard shard;
        lock();
        try {
            place = takeIdle(nowMillis);
            if (place == PlaceQueue.NONE) {
                return missed();
            }
            shard = shard(place);
            sequence = ++shard.sequence[slot(place)];
            inUse++;
            hits++;
        } finally {
            lock.unlock();
        }
        Lease lease = new Lease(shard.address(slot(place)), handle, sequence, place);
        boolean recorded = false;
        try {
            tell(lease.address(), handle, AllocationStatus.CONFIRMED, sequence, nowMillis);
            recorded = true;
        } finally {
            if (!recorded) {
                takeBack(shard, place);
            }
        }
        return lease;
    }

    /** It was never handed out, so its number is as before. */
    private void takeBack(WarmShard shard, int place) {
        lock();
        try {
            shard.sequence[slot(place)]--;
            inUse--;
            hits--;
            fresh.push(place);
        } finally {
            lock.unlock();
        }
    }

    private HandOut missed() {
        if (cooling.size() > 0) {
            coolingMisses++;
            return HandOut.Missed.ALL_COOLING;
        }
        misses++;
        return HandOut.Missed.NONE_WARM;
    }

    private int takeIdle(long nowMillis) {
        if (fresh.size() > 0) {
            return fresh.remove();
        }
        int place = cooling.head();
        if (place == PlaceQueue.NONE || !isCool(place, nowMillis)) {
            return PlaceQueue.NONE;
        }
        return cooling.remove();
    }

    private boolean isCool(int place, long nowMillis) {
        long sinceMillis = originMillis + (long) shard(place).released[slot(place)] * TICK_MILLIS;
        return nowMillis - sinceMillis >= cooldownMillis;
    }

    /**
     * Takes an address back.
     *
     * @param lease by which it was handed out; a second time it does nothing
     * @param nowMillis the time, in milliseconds since 1970
     * @throws RuntimeException what the listener throws; then the address stays out of use until its shard is dropped
     */
    public ReleaseOutcome release(Lease lease, long nowMillis) {
        int place = lease.place();
        WarmShard shard;
        lock();
        try {
            shard = shardIndex(place) < shards.size() ? shards.get(shardIndex(place)) : null;
            if (shard == null || !shard.prefix.contains(lease.address())) {
                return ReleaseOutcome.FOREIGN;
            }
            if (shard.sequence[slot(place)] != (int) lease.sequence()) {
                lateReleases++;
                return ReleaseOutcome.RELEASED_BEFORE;
            }
            shard.sequence[slot(place)]++;
            inUse--;
        } finally {
            lock.unlock();
        }
        tell(lease.address(), lease.handle(), AllocationStatus.COOLING, lease.sequence() + 1, nowMillis);
        cool(shard, place, nowMillis);
        return ReleaseOutcome.RELEASED;
    }

    private void cool(WarmShard shard, int place, long nowMillis) {
        lock();
        try {
            if (shards.get(shard.index) == shard) {
                long ticks = Math.floorDiv(nowMillis - originMillis + TICK_MILLIS - 1, (long) TICK_MILLIS);
                shard.released[slot(place)] = (int) Math.max(0, Math.min(Integer.MAX_VALUE, ticks));
                cooling.add(place);
            }
        } finally {
            lock.unlock();
        }
    }

    private void tell(Prefix address, String handle, AllocationStatus status, long sequence, long nowMillis) {
        if (listener != AddressListener.NONE) {
            listener.changed(
                    new Allocation(AllocationKind.ADDRESS, address, subdivision, handle, status, sequence, nowMillis));
        }
    }

    /** Returns what it has and did. */
    public WarmStatistics statistics() {
        lock();
        try {
            return new WarmStatistics(
                    (long) fresh.size() + cooling.size(),
                    inUse,
                    retired.size(),
                    hits,
                    misses,
                    coolingMisses,
                    lateReleases);
        } finally {
            lock.unlock();
        }
    }

    /** The lock is held for some ten nanoseconds, so whoever waits a little does not have to be woken. */
    private void lock() {
        for (int i = 0; i < SPINS; i++) {
            if (lock.tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        lock.lock();
    }

    private WarmShard existing(int index) {
        WarmShard shard = index >= 0 && index < shards.size() ? shards.get(index) : null;
        if (shard == null) {
            throw new IllegalArgumentException("shard: " + index + " (expected: a shard of the pool)");
        }
        return shard;
    }

    WarmShard shard(int place) {
        WarmShard shard = shards.get(shardIndex(place));
        if (shard == null) {
            throw new IllegalStateException("shard: " + shardIndex(place) + " (expected: not dropped)");
        }
        return shard;
    }

    private static boolean isOut(int sequence) {
        return (sequence & 1) != 0;
    }

    private static int place(int shard, int slot) {
        return shard << SLOT_BITS | slot;
    }

    static int shardIndex(int place) {
        return place >>> SLOT_BITS;
    }

    static int slot(int place) {
        return place & ((1 << SLOT_BITS) - 1);
    }
}
