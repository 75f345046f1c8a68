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
        this.subdivision = subdivision;
        long cooldownMillis = Checks.duration("cooldown", cooldown, Duration.ZERO, Duration.ofMinutes(20)) / 1_000_000;
        this.sequenceFloor = sequenceFloor;
        shards = new WarmShards(nowMillis);
        holders = new Holders(shards);
        idle = new IdlePlaces(shards, cooldownMillis, nowMillis);
    }

    /**
     * Adds a shard. None of its addresses is warm yet.
     *
     * @param shard overlaps no other shard of this pool
     * @throws IllegalArgumentException if it overlaps
     * @throws IllegalStateException if there are too many shards
     */
    public void add(Prefix shard) {
        lock.whileHeld(() -> {
            shards.add(shard);
            return true;
        });
    }

    /**
     * Drops a shard that has no address out.
     *
     * @param shard that was added
     * @param nowMillis the time
     * @return what is to be recorded as free of its addresses that were out before; null if one is out, and then nothing has changed
     * @throws IllegalArgumentException if there is no such shard
     */
    public @Nullable List<Allocation> drop(Prefix shard, long nowMillis) {
        lock.lock();
        try {
            WarmShard gone = shards.require(shard);
            if (gone.out > 0) {
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
        lock.whileHeld(() -> {
            for (Prefix address : addresses) {
                int place = shards.place(address);
                if (place != PlaceQueue.NONE) {
                    queue.add(place);
                }
            }
            return true;
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
    public HandOut handOut(String handle, long nowMillis) {
        WarmShard shard;
        int slot;
        long sequence;
        boolean isNew;
        lock.lock();
        try {
            Holder holder = holders.get(handle);
            isNew = holder == null;
            if (holder != null && holder.stage != Stage.HELD) {
                return HandOut.Missed.ON_ITS_WAY;
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
        return new HandOut.Handed(
                shard.allocation(slot, subdivision, handle, AllocationStatus.CONFIRMED, sequence, nowMillis), isNew);
    }

    private HandOut missed() {
        if (idle.cooling.size() > 0) {
            coolingMisses++;
            return HandOut.Missed.ALL_COOLING;
        }
        misses++;
        return HandOut.Missed.NONE_WARM;
    }

    /**
     * Takes that what was handed out is recorded: whoever asks again under the handle is given the same.
     *
     * @param address as it was handed out
     */
    public void recorded(Allocation address) {
        lock.whileHeld(() -> {
            Holder holder = holders.find(address, Stage.GIVING);
            if (holder != null) {
                holder.stage = Stage.HELD;
            }
            return true;
        });
    }

    /**
     * Takes back what was handed out and could not be recorded, as if it had never been; others come before it then.
     *
     * @param address as it was handed out
     */
    public void undo(Allocation address) {
        lock.whileHeld(() -> takeBack(address, idle.fresh));
    }

    /**
     * Takes back what was handed out while the records say that it is somebody else's: it is not handed out again before its shard has been
     * given back.
     *
     * @param address as it was handed out
     */
    public void setAside(Allocation address) {
        lock.whileHeld(() -> takeBack(address, null));
    }

    private boolean takeBack(Allocation address, @Nullable PlaceQueue to) {
        Holder holder = holders.find(address, Stage.GIVING);
        if (holder == null) {
            return false;
        }
        shards.at(holder.place).undo(WarmShards.slot(holder.place), holder.before);
        holders.remove(address.handle());
        if (to != null) {
            to.add(holder.place);
        }
        return true;
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
            Holder holder = holders.find(address, Stage.HELD);
            if (holder == null) {
                lateReleases++;
                return false;
            }
            holder.stage = Stage.RELEASING;
            return true;
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
        lock.whileHeld(() -> {
            Holder holder = holders.get(address.handle());
            if (holder != null && holder.stage == Stage.RELEASING) {
                holders.remove(address.handle());
                idle.release(holder.place, address.sinceMillis());
            }
            return true;
        });
    }

    /**
     * Takes back a release that could not be recorded: its holder has the address as before.
     *
     * @param address as it was to be recorded
     */
    public void undoRelease(Allocation address) {
        lock.whileHeld(() -> {
            Holder holder = holders.get(address.handle());
            if (holder != null && holder.stage == Stage.RELEASING) {
                holder.stage = Stage.HELD;
            }
            return true;
        });
    }

    /**
     * Takes an address as it was recorded: out, or cooling. Those that cool in the order in which they were released; at last
     * {@link #restored}.
     *
     * @param address of a shard that was added
     * @throws IllegalArgumentException if it is not, or is out twice
     */
    public void restore(Allocation address) {
        lock.whileHeld(() -> {
            int place = shards.growTo(address.prefix());
            Checks.require(place != PlaceQueue.NONE, "address", address.prefix(), "of a shard of " + subdivision);
            shards.at(place).sequence[WarmShards.slot(place)] = address.sequence();
            if (address.status() == AllocationStatus.CONFIRMED) {
                shards.at(place).out++;
                Holder other = holders.put(address.handle(), place, Stage.HELD);
                Checks.require(other == null, "handle", address.handle(), "one address each");
            } else {
                idle.restore(place, address.sinceMillis());
            }
            return true;
        });
    }

    /** Takes that all is restored. */
    public void restored() {
        lock.whileHeld(() -> {
            shards.forEachUntouched(idle.retired::add);
            return true;
        });
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
