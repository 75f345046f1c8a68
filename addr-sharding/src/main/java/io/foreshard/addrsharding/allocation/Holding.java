package io.foreshard.addrsharding.allocation;

import io.foreshard.addrsharding.space.BuddySpace;
import io.foreshard.addrsharding.spi.SpaceOutlook;
import io.foreshard.addrsharding.spi.SubdivisionPolicy;
import java.util.ArrayList;
import java.util.List;

/** What a subdivision has of one family. */
final class Holding {

    final String subdivision;
    final SubdivisionPolicy policy;
    /** All that it has, the latest last. */
    final List<Reservation> reservations = new ArrayList<>();
    /** Those of them that have free units. */
    final List<Reservation> open = new ArrayList<>();

    SpaceOutlook outlook = SpaceOutlook.UNKNOWN;
    int shardsInUse;
    /** In use or cooling. */
    int units;
    /** Reserved, used or not. */
    int reservedUnits;
    /** Reserved and not used. */
    int strandedUnits;

    Holding(String subdivision, SubdivisionPolicy policy) {
        this.subdivision = subdivision;
        this.policy = policy;
    }

    /** Returns whether nothing would be lost but the outlook of who has nothing. */
    boolean isForgettable() {
        return units == 0 && reservedUnits == 0;
    }

    /** Returns for how many units more than it has, used or not, to reserve; below 0 if it has more than is expected. */
    int missingUnits() {
        return (int) Math.min(BuddySpace.MAX_UNITS, Math.ceil(outlook.reservedUnits())) - units - strandedUnits;
    }
}
