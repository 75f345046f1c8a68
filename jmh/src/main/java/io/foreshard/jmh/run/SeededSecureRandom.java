package io.foreshard.jmh.run;

import java.security.SecureRandom;
import java.util.Random;

/** Predictable, so that a run can be repeated; never outside a simulation. */
public final class SeededSecureRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final transient Random random;

    /** Makes one whose numbers follow from a seed. */
    public SeededSecureRandom(long seed) {
        random = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }

    @Override
    public long nextLong() {
        return random.nextLong();
    }
}
