package io.foreshard.flowshaper.scheduling;

/**
 * A hash of 5-tuples under a secret key, so that who sends cannot choose flows that collide: multilinear over 32-bit words, strongly
 * universal.
 *
 * @see <a href="https://arxiv.org/abs/1202.4961">Lemire and Kaser, "Strongly universal string hashing is fast", 2014</a>
 */
final class FlowHash {

    private static final int WORDS = 10;
    private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;
    private static final long LOW_HALF = 0xffff_ffffL;

    private final long seed;
    private final long k0;
    private final long k1;
    private final long k2;
    private final long k3;
    private final long k4;
    private final long k5;
    private final long k6;
    private final long k7;
    private final long k8;
    private final long k9;

    /** Derives the multipliers from a secret. */
    FlowHash(long secret) {
        long[] keys = new long[WORDS + 1];
        for (int index = 0; index < keys.length; index++) {
            keys[index] = mixed(secret + (index + 1) * GOLDEN_RATIO);
        }
        seed = keys[WORDS];
        k0 = keys[0];
        k1 = keys[1];
        k2 = keys[2];
        k3 = keys[3];
        k4 = keys[4];
        k5 = keys[5];
        k6 = keys[6];
        k7 = keys[7];
        k8 = keys[8];
        k9 = keys[9];
    }

    int hash(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, long rest) {
        long sum = seed
                + k0 * (sourceHigh & LOW_HALF)
                + k1 * (sourceHigh >>> 32)
                + k2 * (sourceLow & LOW_HALF)
                + k3 * (sourceLow >>> 32)
                + k4 * (destinationHigh & LOW_HALF)
                + k5 * (destinationHigh >>> 32)
                + k6 * (destinationLow & LOW_HALF)
                + k7 * (destinationLow >>> 32)
                + k8 * (rest & LOW_HALF)
                + k9 * (rest >>> 32);
        return (int) (sum >>> 32);
    }

    /** SplitMix64's finalizer: keys that differ in every bit, from one secret. */
    private static long mixed(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
