package io.foreshard.examples.sendfile;

import java.util.List;

/**
 * How one transfer went.
 *
 * @param policy name of the sharding policy
 * @param sha256 checksum of what arrived
 * @param seconds from the first message's due time to the last commit
 * @param bytes bytes of the file
 * @param completions of the messages, in the order of their commits
 * @param failed messages that were not committed
 * @param firstFailure why the first of them was not, empty when not known
 * @param sentBytes bytes of all datagrams that the sender sent
 * @param repairedBytes bytes of shards sent again
 * @param droppedByQueue datagrams that the path's queue had no room for
 * @param lostByPath datagrams lost at random
 * @param peakReassemblyBytes most memory of unfinished messages
 * @param peakBufferBytes most memory of all network buffers
 * @param recording what happened over time
 */
record TransferResult(
        String policy,
        String sha256,
        double seconds,
        long bytes,
        List<Completion> completions,
        int failed,
        String firstFailure,
        long sentBytes,
        long repairedBytes,
        long droppedByQueue,
        long lostByPath,
        long peakReassemblyBytes,
        long peakBufferBytes,
        Recording recording) {

    /**
     * How one message went.
     *
     * @param dueSeconds when it was due, since the start
     * @param seconds from due to committed
     */
    record Completion(double dueSeconds, double seconds) {}

    private static final int SAMPLES_FOR_P99 = 1_000;

    /** Returns this result with only the messages that were due from a time on. */
    TransferResult dueFrom(double seconds) {
        List<Completion> later = completions.stream()
                .filter(each -> each.dueSeconds() >= seconds)
                .toList();
        return new TransferResult(
                policy,
                sha256,
                this.seconds,
                bytes,
                later,
                failed,
                firstFailure,
                sentBytes,
                repairedBytes,
                droppedByQueue,
                lostByPath,
                peakReassemblyBytes,
                peakBufferBytes,
                recording);
    }

    double goodputBytesPerSecond() {
        return bytes / seconds;
    }

    /** A high percentile needs samples beyond it: with fewer than 1000 messages the 90th is shown. */
    int tail() {
        return completions.size() >= SAMPLES_FOR_P99 ? 99 : 90;
    }

    double percentile(int percent) {
        if (completions.isEmpty()) {
            return Double.NaN;
        }
        double[] sorted =
                completions.stream().mapToDouble(Completion::seconds).sorted().toArray();
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }
}
