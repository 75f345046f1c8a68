package io.foreshard.reassembler;

/**
 * What is to be expected of an unfinished message, as a pure function of its arrival curve and its path.
 *
 * <p>Expected completion: {@code last + remaining / rate + rounds · 9/8 rtt + 2 · overdue}, not before now. {@code overdue} is
 * the silence beyond one PTO: a pause shifts everything behind it, and one that has lasted for a time is expected to last as
 * long again. {@code rounds} of repair are one if there are gaps, and {@code ln(shards) / -ln(loss)} for the losses to come, at
 * most 4 together.
 *
 * <p>Probability: {@code logistic((end - expected) / spread) · 2^(-overdue / 8 PTO)}, times {@code (1 - loss)^shards} (and 1/20
 * if there are gaps) when nobody repairs. {@code end} is the deadline or the stall; {@code spread} is the largest of 4 rtt
 * variations, 1 ms, and an eighth of the time that the rest takes, or, if that is too long, of the time that it has. More received never makes it smaller, longer silence never larger.
 *
 * @param nowNanos the time
 * @param lastNanos when the latest shard arrived
 * @param endNanos when the message fails
 * @param remainingBytes bytes still to come
 * @param shardBytes bytes of a shard, for the number of shards still to come
 * @param bytesPerNano rate, 0 if unknown
 * @param gaps whether shards are missing
 * @param repairable whether missing shards can be asked for
 * @param rttNanos round-trip time
 * @param variationNanos its variation
 * @param ptoNanos how long a silence is normal
 * @param lossRatio share of packets lost
 */
record Completion(
        long nowNanos,
        long lastNanos,
        long endNanos,
        long remainingBytes,
        int shardBytes,
        double bytesPerNano,
        boolean gaps,
        boolean repairable,
        long rttNanos,
        long variationNanos,
        long ptoNanos,
        double lossRatio) {

    private static final double MOST_ROUNDS = 4;
    private static final double GAP_CLOSES_ITSELF = 0.05;
    private static final double HALVING_PTOS = 8;
    private static final double FINEST_SPREAD_NANOS = 1_000_000;
    private static final double LONGEST_NANOS = Long.MAX_VALUE / 8.0;
    private static final double SCALE_TO_SPREAD = 8;
    private static final double OPTIMISM = 4;

    long expectedNanos() {
        double delay = Math.min(LONGEST_NANOS, restNanos() + repairNanos() + 2 * overdueNanos());
        return Math.max(nowNanos, lastNanos + (long) delay);
    }

    double probability() {
        double margin = endNanos - (double) expectedNanos();
        // What is late is measured by the time it had, not by the time it needs, lest the hopeless look better than the
        // late.
        double scale = margin >= 0 ? restNanos() : endNanos - (double) lastNanos;
        double spread = Math.max(FINEST_SPREAD_NANOS, Math.max(4.0 * variationNanos, scale / SCALE_TO_SPREAD));
        double inTime = 1 / (1 + Math.exp(-margin / spread));
        return inTime * Math.pow(2, -overdueNanos() / (HALVING_PTOS * ptoNanos)) * withoutRepair();
    }

    /** Returns whether even at four times the rate, and with no further loss, the message comes too late. */
    boolean isImpossible() {
        double fastest = restNanos() / OPTIMISM + (gaps ? rttNanos / 2.0 : 0);
        return nowNanos + Math.min(LONGEST_NANOS, fastest) > endNanos;
    }

    private double withoutRepair() {
        if (repairable) {
            return 1;
        }
        return Math.pow(1 - lossRatio, remainingShards()) * (gaps ? GAP_CLOSES_ITSELF : 1);
    }

    private double restNanos() {
        return bytesPerNano > 0 ? remainingBytes / bytesPerNano : remainingBytes > 0 ? rttNanos : 0;
    }

    private double repairNanos() {
        if (!repairable || remainingBytes == 0) {
            return 0;
        }
        double rounds = gaps ? 1 : 0;
        if (lossRatio > 0 && lossRatio < 1) {
            rounds += Math.log(Math.max(1, remainingShards())) / -Math.log(lossRatio);
        }
        return Math.min(MOST_ROUNDS, rounds) * rttNanos * 9 / 8;
    }

    private double remainingShards() {
        return Math.ceil((double) remainingBytes / Math.max(1, shardBytes));
    }

    private double overdueNanos() {
        return Math.max(0.0, (double) nowNanos - lastNanos - ptoNanos);
    }
}
