package io.foreshard.jmh.stacks;

/** What messages of a kind are drawn from, as far as it can be told at a time without the draws that come after it. */
interface Intensity {

    /** Returns how many messages a second come at a time, each for itself, by what is known now. */
    double perSecond(long nowMillis, long atMillis);

    /** Returns how many first messages of batches not begun yet come a second, each with those that follow it within a cold start. */
    default double unforeseenPerSecond(long atMillis) {
        return 0;
    }

    /** Returns one whose rate is the same all through a step; 0 before the first and after the last. */
    static Intensity ofSteps(long firstMillis, long stepMillis, double[] perSecond) {
        return (now, at) -> {
            long step = Math.floorDiv(at - firstMillis, stepMillis);
            return step >= 0 && step < perSecond.length ? perSecond[(int) step] : 0;
        };
    }
}
