package io.foreshard.jmh.fairness;

/**
 * What everything goes through.
 *
 * @param megabits its rate, bits per microsecond
 * @param queueMillis how long it takes to drain its full queue
 */
record Bottleneck(int megabits, int queueMillis) {

    private static final int BYTES_PER_MEGABIT_MILLI = 125;

    String caseName() {
        return megabits + "-mbit-queue-" + queueMillis + "-ms";
    }

    int queueBytes() {
        return megabits * queueMillis * BYTES_PER_MEGABIT_MILLI;
    }
}
