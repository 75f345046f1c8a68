package io.foreshard.jmh.way;

/**
 * What everything goes through.
 *
 * @param megabits its rate, bits per microsecond
 * @param queueMillis how long it takes to drain its full queue
 */
public record Bottleneck(int megabits, int queueMillis) {

    private static final int BYTES_PER_MEGABIT_MILLI = 125;

    /** Returns what figures call it. */
    public String caseName() {
        return megabits + "-mbit-queue-" + queueMillis + "-ms";
    }

    /** Returns what its queue holds. */
    public int queueBytes() {
        return megabits * queueMillis * BYTES_PER_MEGABIT_MILLI;
    }
}
