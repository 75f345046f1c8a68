package io.foreshard.stackvirt.traffic;

/** How many messages come for one stack in the time of a cold start, from when it is needed after a pause. */
final class ExposureMeter {

    private static final double WEIGHT = 0.1;
    private static final long NONE = Long.MIN_VALUE;

    private long untilMillis = NONE;
    private int messages;
    private double mean = 1;

    void arrived(long nowMillis, boolean fresh, long coldMillis) {
        if (untilMillis != NONE && nowMillis >= untilMillis) {
            mean += WEIGHT * (messages - mean);
            untilMillis = NONE;
        }
        if (untilMillis == NONE && fresh) {
            untilMillis = nowMillis + coldMillis;
            messages = 0;
        }
        messages++;
    }

    double mean() {
        return mean;
    }
}
