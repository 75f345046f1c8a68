package io.foreshard.addrsharding.allocation;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import org.jspecify.annotations.Nullable;

/** A shard that is not free: where it lies, and what is recorded of it. */
final class Shard {

    final Holding holder;
    final PoolSpace pool;
    final int unit;
    final int order;
    /** Where it was taken from; null if it was not reserved. */
    private @Nullable Reservation reservation;

    private @Nullable Allocation allocation;

    Shard(Holding holder, PoolSpace pool, int unit, int order, @Nullable Reservation reservation) {
        this.holder = holder;
        this.pool = pool;
        this.unit = unit;
        this.order = order;
        this.reservation = reservation;
    }

    Prefix prefix() {
        return pool.prefix(unit, order);
    }

    int units() {
        return 1 << order;
    }

    Allocation allocation() {
        if (allocation == null) {
            throw new IllegalStateException("allocation: null (expected: one, before anybody sees the shard)");
        }
        return allocation;
    }

    void record(Allocation now) {
        allocation = now;
    }

    /** Returns the reservation that it lies in, null if in none, or in one that was given up since. */
    @Nullable
    Reservation reservation() {
        if (reservation != null) {
            reservation = reservation.current();
        }
        return reservation;
    }

    void moveTo(Reservation other) {
        reservation = other;
    }

    boolean isBorrowed() {
        Reservation lender = reservation();
        return lender != null && lender.owner != holder;
    }
}
