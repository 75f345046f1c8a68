package io.foreshard.transport;

/**
 * How much of what leaves on a path is lost: whether enough to probe carefully, whether so much that the capacity must have shrunk, and
 * whether a probe has lost more than is usual. Judged over whole round trips of at least {@value #SAMPLE_PACKETS} packets. Confined to
 * one event loop.
 */
final class LossWatch {

    static final int TOLERATED_PERCENT = 20;

    private static final int SAMPLE_PACKETS = 40;
    private static final int NOTED_PERCENT = 2;
    private static final int CAREFUL_ROUNDS = 8;
    private static final int USUAL_ROUNDS = 8;
    /** Standard deviations beyond what is tolerated that chance exceeds once in a hundred: one in ten lost is never taken for more. */
    private static final double CERTAIN = 2.3;

    private static final double LIKELY = 2;
    private static final int USUAL_LIMIT_PERCENT = 15;

    private final int packetBytes;
    private long sampleAckedBytes;
    private long sampleLostBytes;
    private long roundAckedBytes;
    private long roundLostBytes;
    private double roundPackets;
    private double roundRatio;
    private double usualRatio;
    private int usualRounds;
    private long carefulUntilRound;

    LossWatch(int packetBytes) {
        this.packetBytes = packetBytes;
    }

    void onAck(long bytes) {
        roundAckedBytes += bytes;
    }

    void onLoss(long bytes) {
        roundLostBytes += bytes;
    }

    /**
     * Ends a round trip.
     *
     * @param probed whether what it settled had left faster than usual, so that its losses are not the usual ones
     * @param starting whether a mistake would cost the whole start, and chance must not make it
     * @return whether certainly more is lost than a path with capacity to spare would lose (RFC 8085, section 3.1)
     */
    boolean endRound(long round, boolean probed, boolean starting) {
        roundPackets = (double) (roundAckedBytes + roundLostBytes) / packetBytes;
        roundRatio = (double) roundLostBytes / Math.max(1, roundAckedBytes + roundLostBytes);
        if (!probed) {
            usualRounds = Math.min(usualRounds + 1, USUAL_ROUNDS);
            usualRatio += (roundRatio - usualRatio) / usualRounds;
        }
        sampleAckedBytes += roundAckedBytes;
        sampleLostBytes += roundLostBytes;
        roundAckedBytes = 0;
        roundLostBytes = 0;
        long seen = sampleAckedBytes + sampleLostBytes;
        return seen >= (long) SAMPLE_PACKETS * packetBytes && endSample(round, seen, starting);
    }

    private boolean endSample(long round, long seenBytes, boolean starting) {
        double packets = (double) seenBytes / packetBytes;
        double lost = (double) sampleLostBytes / packetBytes;
        double tolerated = TOLERATED_PERCENT / 100.0;
        if (lost * 100 > packets * NOTED_PERCENT) {
            carefulUntilRound = round + CAREFUL_ROUNDS;
        }
        sampleAckedBytes = 0;
        sampleLostBytes = 0;
        double chance = starting ? CERTAIN * Math.sqrt(packets * tolerated * (1 - tolerated)) : 0;
        return lost > packets * tolerated + chance;
    }

    /** Returns whether losses were seen of late. */
    boolean isCareful(long round) {
        return round < carefulUntilRound;
    }

    /**
     * Returns whether losses speak against asking for more: the last round trip lost more than the usual share and what chance adds to
     * it, or some of too few packets to tell, or the usual share is so large that it may be our own doing. Where nothing was lost, nothing
     * does.
     */
    boolean isWarning() {
        if (roundRatio == 0 || roundPackets < SAMPLE_PACKETS) {
            return roundRatio > 0;
        }
        double chance = LIKELY * Math.sqrt(usualRatio * (1 - usualRatio) / roundPackets);
        return roundRatio > usualRatio + chance + NOTED_PERCENT / 100.0 || usualRatio * 100 > USUAL_LIMIT_PERCENT;
    }
}
