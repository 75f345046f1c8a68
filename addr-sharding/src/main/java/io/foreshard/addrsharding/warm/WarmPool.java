package io.foreshard.addrsharding.warm;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.warm.Holders.Holder;
import io.foreshard.addrsharding.warm.Holders.Stage;
import io.foreshard.runtime.Checks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hands out single addresses of a subdivision's shards, those that have been idle for longest first, and takes them back. Handing out and
 * releasing take the same time however full the pool is. An address that was released cools before it is handed out again, as others may
 * remember who had it. Nothing is kept of addresses that were never warm, so a shard may be a whole IPv6 subnet.
 *
 * <p>An address is cold, being made ready, warm, out, or cooling. What is handed out and released comes as an {@link Allocation}, for the
 * caller to record; what could not be recorded is undone.
 *
 * <p>Safe for any thread: one short lock for each pool. Memory: 16 bytes per address that was ever warm, up to half as much again as room to
 * grow, and about 100 bytes for one that is out.
 */
public final class WarmPool {

    /** How many addresses of one shard can have been warm. */
    public static final int MAX_WARM_PER_SHARD = 1 << 20;

    /** How many shards a pool can have. */
    public static final int MAX_SHARDS = 1 << 11;

    private static final int RIPENED_BESIDE = 4;
    private static final int RIPENED_AT_ONCE = 1024;

    private final String subdivision;
    private final LongSupplier sequenceFloor;
    private final ShortLock lock = new ShortLock();
    private final WarmShards shards;
    private final IdlePlaces idle;

    private final Holders holders;
    private final Handovers handovers;
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
     * @param sequenceFloor above which the sequence of an address begins that was never handed out from here
     * @throws IllegalArgumentException if the cooldown is out of range
     */
    public WarmPool(String subdivision, Duration cooldown, long nowMillis, LongSupplier sequenceFloor) {
        this(subdivision, cooldown, nowMillis, sequenceFloor, ExcludedAddresses.NONE);
    }

    /**
     * Makes a pool without shards that hands out not all of their addresses.
     *
     * @param subdivision whose it is
     * @param cooldown for how long a released address is not handed out, up to 20 minutes
     * @param nowMillis the time, in milliseconds since 1970
     * @param sequenceFloor above which the sequence of an address begins that was never handed out from here
     * @param excluded what is handed out to nobody
     * @throws IllegalArgumentException if the cooldown is out of range
     */
    public WarmPool(
            String subdivision,
            Duration cooldown,
            long nowMillis,
            LongSupplier sequenceFloor,
            ExcludedAddresses excluded) {
        this.subdivision = subdivision;
        long cooldownMillis = Checks.duration("cooldown", cooldown, Duration.ZERO, Duration.ofMinutes(20)) / 1_000_000;
        this.sequenceFloor = sequenceFloor;
        shards = new WarmShards(nowMillis, excluded);
        holders = new Holders(shards);
        idle = new IdlePlaces(shards, cooldownMillis, nowMillis);
        handovers = new Handovers(subdivision, shards, idle, holders);
    }

    /**
     * Adds a shard. None of its addresses is warm yet.
     *
     * @param shard overlaps no other shard of this pool
     * @throws IllegalArgumentException if it overlaps
     * @throws IllegalStateException if there are too many shards
     */
    public void add(Prefix shard) {
        lock.doWhileHeld(() -> shards.add(shard));
    }

    /**
     * Hands out nothing of a shard any more. What is out of it stays out, and is released as ever.
     *
     * @param shard that was added
     * @throws IllegalArgumentException if there is no such shard
     */
    public void close(Prefix shard) {
        lock.doWhileHeld(() -> {
            WarmShard closed = shards.require(shard);
            idle.drop(closed);
            shards.close(closed);
        });
    }

    /**
     * Drops a shard that has no address out, and of which none cools: who gets the shard next may hand it out at once.
     *
     * @param shard that was added
     * @param nowMillis the time
     * @return what is to be recorded as free of its addresses that were out before; null if one is out or cools, and then nothing has
     *     changed
     * @throws IllegalArgumentException if there is no such shard
     */
    public @Nullable List<Allocation> drop(Prefix shard, long nowMillis) {
        lock.lock();
        try {
            WarmShard gone = shards.require(shard);
            if (gone.out > 0 || idle.isCooling(gone, nowMillis)) {
                return null;
            }
            idle.drop(gone);
            List<Allocation> ended = gone.ended(subdivision, nowMillis);
            shards.remove(gone);
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes cold addresses, to be made ready: those that were warm before, then new ones in order.
     *
     * @param most how many at most, not negative
     * @return what there was; call {@link #ready} or {@link #unready} for each
     */
    public List<Prefix> prepare(int most) {
        Checks.notNegative("most", most);
        return lock.whileHeld(() -> {
            List<Prefix> taken = new ArrayList<>();
            while (taken.size() < most && idle.retired.size() > 0) {
                taken.add(shards.address(idle.retired.remove()));
            }
            shards.grow(most - taken.size(), taken);
            return taken;
        });
    }

    /**
     * Makes addresses warm.
     *
     * @param addresses that were taken by {@link #prepare}; those of shards that were dropped meanwhile are passed over
     */
    public void ready(List<Prefix> addresses) {
        enqueue(addresses, idle.fresh);
    }

    /**
     * Makes addresses cold again.
     *
     * @param addresses that were taken by {@link #prepare}
     */
    public void unready(List<Prefix> addresses) {
        enqueue(addresses, idle.retired);
    }

    private void enqueue(List<Prefix> addresses, PlaceQueue queue) {
        lock.doWhileHeld(() -> {
            for (Prefix address : addresses) {
                int place = shards.place(address);
                if (place != PlaceQueue.NONE) {
                    idle.add(place, queue);
                }
            }
        });
    }

    /**
     * Makes idle addresses cold. Those that still cool stay.
     *
     * @param count how many, not negative
     * @param nowMillis the time
     * @return how many there were
     */
    public int retire(int count, long nowMillis) {
        Checks.notNegative("count", count);
        return lock.whileHeld(() -> {
            int done = 0;
            while (done < count) {
                int place = idle.take(nowMillis, RIPENED_BESIDE);
                if (place == PlaceQueue.NONE) {
                    break;
                }
                idle.retired.add(place);
                done++;
            }
            return done;
        });
    }

    /**
     * Hands out the address that has been idle for longest, or the one that a handle has.
     *
     * @param handle for whom
     * @param nowMillis the time, in milliseconds since 1970
     */
    public WarmOutcome handOut(String handle, long nowMillis) {
        WarmShard shard;
        int slot;
        long sequence;
        boolean isNew;
        lock.lock();
        try {
            Holder holder = holders.get(handle);
            isNew = holder == null;
            if (holder != null && holder.stage != Stage.HELD) {
                return WarmOutcome.Missed.ON_ITS_WAY;
            }
            int place = holder == null ? idle.take(nowMillis, RIPENED_BESIDE) : holder.place;
            if (place == PlaceQueue.NONE) {
                return missed();
            }
            shard = shards.at(place);
            slot = WarmShards.slot(place);
            if (isNew) {
                hits++;
                holders.put(handle, place, Stage.GIVING);
                shard.handOut(slot, sequenceFloor.getAsLong());
            }
            sequence = shard.sequence[slot];
        } finally {
            lock.unlock();
        }
        return new WarmOutcome.Handed(
                shard.allocation(slot, subdivision, handle, AllocationStatus.CONFIRMED, sequence, nowMillis), isNew);
    }

    private WarmOutcome missed() {
        if (idle.cooling.size() > 0) {
            coolingMisses++;
            return WarmOutcome.Missed.ALL_COOLING;
        }
        misses++;
        return WarmOutcome.Missed.NONE_WARM;
    }

    /**
     * Takes that what was handed out is recorded: whoever asks again under the handle is given the same.
     *
     * @param address as it was handed out
     */
    public void recorded(Allocation address) {
        lock.doWhileHeld(() -> handovers.recorded(address));
    }

    /**
     * Takes back what was handed out and could not be recorded, as if it had never been; others come before it then.
     *
     * @param address as it was handed out
     */
    public void undo(Allocation address) {
        lock.doWhileHeld(() -> handovers.takeBack(address, idle.fresh));
    }

    /**
     * Takes back what was handed out while the records say that it is somebody else's: it is not handed out again before its shard has been
     * given back.
     *
     * @param address as it was handed out
     */
    public void setAside(Allocation address) {
        lock.doWhileHeld(() -> handovers.takeBack(address, null));
    }

    /**
     * Returns whether an address could be handed out.
     *
     * @param nowMillis the time
     */
    public boolean hasIdle(long nowMillis) {
        return lock.whileHeld(() -> {
            idle.ripen(nowMillis, 1);
            return idle.fresh.size() > 0;
        });
    }

    /**
     * Begins to take an address back.
     *
     * @param address as it was handed out, and recorded; who comes late, or twice, does no harm
     * @param nowMillis the time
     * @return what is to be recorded, and then {@link #released} or {@link #undoRelease}; null if it was released before, or is not of this
     *     pool
     */
    public @Nullable Allocation release(Allocation address, long nowMillis) {
        boolean isHeld = lock.whileHeld(() -> {
            boolean isGivenBack = handovers.release(address);
            lateReleases += isGivenBack ? 0 : 1;
            return isGivenBack;
        });
        return isHeld
                ? new Allocation(
                        AllocationKind.ADDRESS,
                        address.prefix(),
                        subdivision,
                        address.handle(),
                        AllocationStatus.COOLING,
                        address.sequence() + 1,
                        nowMillis)
                : null;
    }

    /**
     * Takes that a release is recorded: the address cools, from when it was released.
     *
     * @param address as it was recorded
     */
    public void released(Allocation address) {
        lock.doWhileHeld(() -> handovers.released(address));
    }

    /**
     * Takes back a release that could not be recorded: its holder has the address as before.
     *
     * @param address as it was to be recorded
     */
    public void undoRelease(Allocation address) {
        lock.doWhileHeld(() -> handovers.undoRelease(address));
    }

    /**
     * Takes an address as it was recorded: out, or cooling. Those that cool in the order in which they were released; at last
     * {@link #restored}.
     *
     * @param address of a shard that was added
     * @throws IllegalArgumentException if it is not, or is out twice
     */
    public void restore(Allocation address) {
        lock.doWhileHeld(() -> handovers.restore(address));
    }

    /** Takes that all is restored. */
    public void restored() {
        lock.doWhileHeld(() -> shards.forEachUntouched(place -> idle.add(place, idle.retired)));
    }

    /**
     * Returns the addresses of holders that a predicate does not know. The predicate is asked without the lock, which is held twice for a
     * time in proportion to the holders.
     *
     * @param isKnown told handles
     * @param nowMillis the time, which the allocations bear: when they were handed out is not kept
     */
    public List<Allocation> heldByOthers(Predicate<String> isKnown, long nowMillis) {
        List<String> unknown = lock.whileHeld(holders::handles);
        unknown.removeIf(isKnown);
        return lock.whileHeld(() -> handovers.held(unknown, nowMillis));
    }

    /**
     * Returns what it has and did.
     *
     * @param nowMillis the time
     */
    public WarmStatistics statistics(long nowMillis) {
        return lock.whileHeld(() -> {
            idle.look(nowMillis, RIPENED_AT_ONCE);
            return new WarmStatistics(
                    idle.fresh.size(),
                    idle.cooling.size(),
                    holders.size(),
                    shards.neverWarm() + idle.retired.size(),
                    hits,
                    misses,
                    coolingMisses,
                    lateReleases);
        });
    }
}
