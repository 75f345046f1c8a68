package io.foreshard.flowshaper.control;

/** Whether something held at three of the last six looks, which one stray value cannot bring about. */
final class RecentHits {

    private static final int LOOKS = 0b111111;
    private static final int ENOUGH = 3;

    private int bits;

    void add(boolean hit) {
        bits = (bits << 1 | (hit ? 1 : 0)) & LOOKS;
    }

    boolean areEnough() {
        return Integer.bitCount(bits) >= ENOUGH;
    }

    void clear() {
        bits = 0;
    }
}
