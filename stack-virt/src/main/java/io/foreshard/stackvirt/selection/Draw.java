package io.foreshard.stackvirt.selection;

/** Numbers out of random bits, without a division. */
final class Draw {

    private static final long LOW = 0xFFFF_FFFFL;

    private Draw() {}

    /** Returns a number of 0 to a bound, exclusive, by the upper half of the bits. */
    static int below(int bound, long random) {
        return (int) (((random >>> Integer.SIZE) * bound) >>> Integer.SIZE);
    }

    /** Returns one by the lower half. */
    static int belowByLow(int bound, long random) {
        return (int) (((random & LOW) * bound) >>> Integer.SIZE);
    }
}
