package io.foreshard.addrsharding.allocation;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.space.BuddySpace;
import io.foreshard.addrsharding.spi.SubdivisionPolicy;
import io.foreshard.runtime.KeyedLongMap;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One pool in units: what is free for all, what is reserved and free, and which shards there are. */
final class PoolSpace {

    final Prefix prefix;
    final int unitLength;
    /** Free, and nobody's. */
    final BuddySpace free;
    /** Free within reservations. */
    final BuddySpace reserved;
    /** By their first units. */
    final KeyedLongMap<Shard> shards = new KeyedLongMap<>(0, 0, 0);
    /** By their first units. */
    final TreeMap<Integer, Reservation> reservations = new TreeMap<>();

    /** Reservations with free units, by the priority of their owners. */
    private final List<List<Reservation>> lenders = new ArrayList<>();

    PoolSpace(Prefix prefix, int unitLength) {
        this.prefix = prefix;
        this.unitLength = unitLength;
        free = BuddySpace.ofFree(1 << (unitLength - prefix.length()));
        reserved = BuddySpace.ofAssigned(free.units());
        for (int priority = 0; priority <= SubdivisionPolicy.MAX_PRIORITY; priority++) {
            lenders.add(new ArrayList<>());
        }
    }

    int units() {
        return free.units();
    }

    /** Returns how many units are used or cool. */
    int takenUnits() {
        return units() - free.freeUnits() - reserved.freeUnits();
    }

    Prefix prefix(int unit, int order) {
        return prefix.part(unitLength - order, unit >>> order);
    }

    /** Returns the first unit of a prefix, -1 if it is not in the pool or not made of units. */
    int unit(Prefix part) {
        boolean isPart = part.length() <= unitLength && prefix.contains(part);
        return isPart ? (int) prefix.indexOf(part) << (unitLength - part.length()) : -1;
    }

    @Nullable
    Shard shard(Prefix at) {
        int unit = unit(at);
        Shard shard = unit < 0 ? null : shards.get(unit);
        return shard != null && shard.order == unitLength - at.length() ? shard : null;
    }

    List<Reservation> lenders(int priority) {
        return lenders.get(priority);
    }

    /** Makes a reservation of a block that has just been claimed of what is free for all. */
    Reservation reserve(Holding owner, int start, int order) {
        Reservation made = new Reservation(owner, this, start, order);
        reserved.release(start, order);
        made.freeUnits = made.units();
        add(made);
        while (true) {
            Reservation sibling = reservations.get(made.start ^ made.units());
            if (sibling == null || sibling.order != made.order || sibling.owner != owner) {
                return made;
            }
            remove(made);
            remove(sibling);
            made.absorb(sibling);
            add(made);
        }
    }

    void take(Reservation from, int unit, int order) {
        reserved.claim(unit, order);
        addFree(from, -(1 << order));
    }

    void giveBack(Reservation to, int unit, int order) {
        reserved.release(unit, order);
        addFree(to, 1 << order);
    }

    /** Lets all have what is free of a reservation, and forgets it. */
    void giveUp(Reservation reservation) {
        remove(reservation);
        reservation.giveUp();
        int end = reservation.start + reservation.units();
        int unit = reserved.firstFree(0, reservation.start, reservation.order);
        while (unit != BuddySpace.NONE) {
            int order = 0;
            while (order < reservation.order && isFreeAt(unit, order + 1, end)) {
                order++;
            }
            reserved.claim(unit, order);
            free.release(unit, order);
            unit = reserved.firstFree(0, reservation.start, reservation.order);
        }
    }

    private boolean isFreeAt(int unit, int order, int end) {
        return (unit & (1 << order) - 1) == 0 && unit + (1 << order) <= end && reserved.isFree(unit, order);
    }

    /** Returns whether a reservation has a half that is free, and as large as an order. */
    boolean hasFreeHalf(Reservation reservation, int order) {
        int half = reservation.order - 1;
        return half >= order
                && reservation.freeUnits >= 1 << half
                && (reserved.isFree(reservation.start, half) || reserved.isFree(reservation.start + (1 << half), half));
    }

    /** Lets all have half of a reservation that has a free one, the upper if both are. */
    void giveUpHalf(Reservation reservation) {
        int half = reservation.order - 1;
        int middle = reservation.start + (1 << half);
        boolean isUpper = reserved.isFree(middle, half);
        int given = isUpper ? middle : reservation.start;
        remove(reservation);
        reserved.claim(given, half);
        free.release(given, half);
        reservation.halve(isUpper);
        add(reservation);
    }

    private void add(Reservation reservation) {
        Holding owner = reservation.owner;
        reservations.put(reservation.start, reservation);
        owner.reservations.add(reservation);
        owner.reservedUnits += reservation.units();
        owner.strandedUnits += reservation.freeUnits;
        if (reservation.freeUnits > 0) {
            open(reservation);
        }
    }

    private void remove(Reservation reservation) {
        Holding owner = reservation.owner;
        reservations.remove(reservation.start);
        removeLast(owner.reservations, reservation);
        owner.reservedUnits -= reservation.units();
        owner.strandedUnits -= reservation.freeUnits;
        if (reservation.freeUnits > 0) {
            close(reservation);
        }
    }

    private void addFree(Reservation reservation, int units) {
        boolean wasFull = reservation.freeUnits == 0;
        reservation.freeUnits += units;
        reservation.owner.strandedUnits += units;
        if (wasFull) {
            open(reservation);
        } else if (reservation.freeUnits == 0) {
            close(reservation);
        }
    }

    private void open(Reservation reservation) {
        reservation.owner.open.add(reservation);
        List<Reservation> all = lenders(reservation.owner.policy.priority());
        reservation.lenderIndex = all.size();
        all.add(reservation);
    }

    private void close(Reservation reservation) {
        removeLast(reservation.owner.open, reservation);
        List<Reservation> all = lenders(reservation.owner.policy.priority());
        Reservation last = all.remove(all.size() - 1);
        if (last != reservation) {
            all.set(reservation.lenderIndex, last);
            last.lenderIndex = reservation.lenderIndex;
        }
        reservation.lenderIndex = -1;
    }

    /** Most that goes came late. */
    private static void removeLast(List<Reservation> all, Reservation reservation) {
        int index = all.size() - 1;
        while (all.get(index) != reservation) {
            index--;
        }
        all.remove(index);
    }
}
