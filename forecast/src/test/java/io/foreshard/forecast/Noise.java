package io.foreshard.forecast;

import java.util.SplittableRandom;

/** Normal noise around 100 with standard deviation 5, drawn in order from a seed. */
final class Noise {

    private final SplittableRandom random;

    private Noise(long seed) {
        random = new SplittableRandom(seed);
    }

    static Noise seeded(long seed) {
        return new Noise(seed);
    }

    /** The next draw; the step is only there to make this a series. */
    double at(int step) {
        return 100 + 5 * gaussian();
    }

    double gaussian() {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }
}
