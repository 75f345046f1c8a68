package io.foreshard.jmh.lossy;

/**
 * What became of one message.
 *
 * @param intendedNanos when it was meant to start, since the start of the run
 * @param takenNanos from then to its arrival, or to the end of the run
 * @param counts whether it came after the warm-up
 * @param arrived whether it arrived
 */
record LossyTime(long intendedNanos, long takenNanos, boolean counts, boolean arrived) {

    static LossyTime parse(String row) {
        String[] cells = row.split(",", -1);
        return new LossyTime(
                Long.parseLong(cells[0]),
                Long.parseLong(cells[1]),
                Boolean.parseBoolean(cells[2]),
                Boolean.parseBoolean(cells[3]));
    }

    String row() {
        return intendedNanos + "," + takenNanos + "," + counts + "," + arrived;
    }
}
