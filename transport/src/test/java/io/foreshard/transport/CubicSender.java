package io.foreshard.transport;

/**
 * The congestion window of a CUBIC sender in packets, as a rival in tests: RFC 9438 with fast convergence and the Reno-friendly region,
 * slow start left at the first loss or when the delay grows (RFC 9406). Written apart from the product's own window, on purpose.
 */
final class CubicSender {

    private static final double BETA = 0.7;
    private static final double C = 0.4;
    private static final double ALPHA = 3 * (1 - BETA) / (1 + BETA);
    private static final double MIN_PACKETS = 2;

    private double cwnd = 10;
    private double threshold = Double.MAX_VALUE;
    private double maximum;
    private double estimate;
    private double before;
    private double start;
    private long epochNanos;
    private long minRttNanos = Long.MAX_VALUE;
    private long roundRttNanos = Long.MAX_VALUE;
    private long roundEnd;

    double packets() {
        return cwnd;
    }

    void onAck(long nowNanos, long rttNanos, long number, long nextNumber, boolean grow) {
        minRttNanos = Math.min(minRttNanos, rttNanos);
        roundRttNanos = Math.min(roundRttNanos, rttNanos);
        if (number >= roundEnd) {
            leaveSlowStartWhenDelayed();
            roundEnd = nextNumber;
            roundRttNanos = Long.MAX_VALUE;
        }
        if (!grow) {
            return;
        }
        if (cwnd < threshold) {
            cwnd++;
        } else {
            avoid(nowNanos, rttNanos);
        }
    }

    private void leaveSlowStartWhenDelayed() {
        long slack = Math.max(4_000_000L, Math.min(16_000_000L, minRttNanos / 8));
        if (cwnd < threshold && roundRttNanos > minRttNanos + slack) {
            threshold = cwnd;
        }
    }

    private void avoid(long nowNanos, long rttNanos) {
        if (epochNanos == 0) {
            beginEpoch(nowNanos);
        }
        double k = Math.cbrt(Math.max(0, maximum - start) / C);
        double seconds = (nowNanos - epochNanos) / 1e9;
        double target = C * Math.pow(seconds + rttNanos / 1e9 - k, 3) + maximum;
        target = Math.max(cwnd, Math.min(1.5 * cwnd, target));
        estimate += (estimate < before ? ALPHA : 1) / cwnd;
        cwnd += (target - cwnd) / cwnd;
        cwnd = Math.max(cwnd, estimate);
    }

    private void beginEpoch(long nowNanos) {
        epochNanos = nowNanos;
        start = cwnd;
        estimate = cwnd;
        maximum = Math.max(maximum, cwnd);
    }

    void onLoss(long nowNanos) {
        before = cwnd;
        maximum = cwnd < maximum ? cwnd * (1 + BETA) / 2 : cwnd;
        cwnd = Math.max(MIN_PACKETS, cwnd * BETA);
        threshold = cwnd;
        beginEpoch(nowNanos);
    }

    void onTimeout() {
        maximum = cwnd;
        before = cwnd;
        threshold = Math.max(MIN_PACKETS, cwnd * BETA);
        cwnd = 1;
        epochNanos = 0;
    }
}
