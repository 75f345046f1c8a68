package io.foreshard.jmh.lossy;

/**
 * What one run of a contestant gave.
 *
 * @param times of its messages
 * @param sentBytes what it sent on the way of the messages, UDP payload, what was lost there included
 * @param unsentDatagrams what the relay itself could not forward; 0 in a sane run
 */
record LossyResult(LossyTimes times, long sentBytes, long unsentDatagrams) {

    /** Returns what was sent beyond the contents of the messages that arrived, as a part of these: headers, repairs and the rest. */
    double overhead() {
        double contents = (double) times.arrivals() * Arrivals.MESSAGE_BYTES;
        return contents == 0 ? Double.NaN : sentBytes / contents - 1;
    }

    /** Returns what people read while they wait. */
    String text() {
        LossyTally tally = new LossyTally();
        tally.add(this);
        return tally.text();
    }
}
