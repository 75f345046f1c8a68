package io.foreshard.jmh.shaper.scheduling;

import java.util.SplittableRandom;

/**
 * Which flow's packet comes next: one of each flow in a shuffled order, then in another. The orders are
 * packed and read in sequence, so that what is measured has all cache misses for itself.
 */
final class Traffic {

    static final int PACKET_BYTES = 1200;

    private static final int ORDERS = 4;
    private static final long SEED = 7;
    private final int[] orders;
    private int at;

    Traffic(int flows) {
        orders = new int[ORDERS * flows];
        SplittableRandom random = new SplittableRandom(SEED);
        for (int from = 0; from < orders.length; from += flows) {
            shuffle(from, flows, random);
        }
    }

    private void shuffle(int from, int flows, SplittableRandom random) {
        for (int index = 0; index < flows; index++) {
            int other = random.nextInt(index + 1);
            orders[from + index] = orders[from + other];
            orders[from + other] = index;
        }
    }

    /** Returns the number of the next packet's flow. */
    int next() {
        int flow = orders[at];
        at = at + 1 == orders.length ? 0 : at + 1;
        return flow;
    }
}
