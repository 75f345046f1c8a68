package io.foreshard.jmh.lossy;

import java.security.SecureRandom;
import java.util.Random;

/** Predictable, so that a run can be repeated; never outside a simulation. */
final class SeededSecureRandom extends SecureRandom {

    private static final long serialVersionUID = 1L;

    private final transient Random random;

    SeededSecureRandom(long seed) {
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
