package io.foreshard.jmh.striping.placement;

import java.util.Locale;
import java.util.SplittableRandom;

/** When others use the nodes: a quarter of the time, most of each node, some nodes more than others. */
enum Condition {
    /** Each node at its own time of each minute, give or take a second. */
    PERIODIC {
        @Override
        double pauseSeconds(SplittableRandom random, double now, double phase) {
            double due = Math.floor((now + 5 - phase) / PERIOD_SECONDS) * PERIOD_SECONDS + PERIOD_SECONDS + phase;
            return Math.max(0.5, due - now + 2 * random.nextDouble() - 1);
        }
    },
    /** At any time: nothing foretells it. */
    RANDOM {
        @Override
        double pauseSeconds(SplittableRandom random, double now, double phase) {
            return exponential(random, PERIOD_SECONDS - BURST_SECONDS);
        }
    },
    /** At any time, and for any time: nothing foretells either, and what rose stays for a while. */
    STEP {
        @Override
        double pauseSeconds(SplittableRandom random, double now, double phase) {
            return exponential(random, 4 * (PERIOD_SECONDS - BURST_SECONDS));
        }

        @Override
        double burstSeconds(SplittableRandom random) {
            return exponential(random, 4 * BURST_SECONDS);
        }
    };

    static final int PERIOD_SECONDS = 60;
    private static final double BURST_SECONDS = 15;

    /** Returns how long a node is left alone, from now on; the phase is its own time of the minute. */
    abstract double pauseSeconds(SplittableRandom random, double now, double phase);

    /** Returns for how long a node is in use by others. */
    double burstSeconds(SplittableRandom random) {
        return BURST_SECONDS;
    }

    private static double exponential(SplittableRandom random, double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
