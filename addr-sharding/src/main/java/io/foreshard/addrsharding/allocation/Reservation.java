package io.foreshard.addrsharding.allocation;

import org.jspecify.annotations.Nullable;

/** A block that a subdivision is to grow in. Its free units are kept in {@link PoolSpace#reserved}. */
final class Reservation {

    final Holding owner;
    final PoolSpace pool;
    int start;
    int order;
    int freeUnits;
    /** Where it stands among those that could lend, -1 if it is full. */
    int lenderIndex = -1;

    private boolean isGivenUp;
    private @Nullable Reservation absorbedBy;

    Reservation(Holding owner, PoolSpace pool, int start, int order) {
        this.owner = owner;
        this.pool = pool;
        this.start = start;
        this.order = order;
    }

    int units() {
        return 1 << order;
    }

    boolean isUnused() {
        return freeUnits == units();
    }

    void absorb(Reservation sibling) {
        start = Math.min(start, sibling.start);
        order++;
        freeUnits += sibling.freeUnits;
        sibling.absorbedBy = this;
    }

    /** Takes off a half that is free. */
    void halve(boolean isUpper) {
        order--;
        start += isUpper ? 0 : 1 << order;
        freeUnits -= 1 << order;
    }

    void giveUp() {
        isGivenUp = true;
    }

    /** Returns the reservation that this has become part of, or itself; null if that was given up. */
    @Nullable
    Reservation current() {
        Reservation current = this;
        while (current.absorbedBy != null) {
            current = current.absorbedBy;
        }
        return current.isGivenUp ? null : current;
    }
}
