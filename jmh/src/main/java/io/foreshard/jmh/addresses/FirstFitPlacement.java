package io.foreshard.jmh.addresses;

/** The lowest free unit. */
final class FirstFitPlacement implements GrowthPlacement {

    private int next;

    @Override
    public int grow(int subdivision) {
        return next++;
    }
}
