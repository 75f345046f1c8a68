package io.foreshard.jmh.addresses;

/** Somebody who says where a subdivision grows by one unit. */
interface GrowthPlacement {

    /** Returns the unit that the subdivision gets; there is a free one. */
    int grow(int subdivision);
}
