package io.foreshard.jmh.shaper.mice;

import java.util.ArrayDeque;

/**
 * Which packet a bulk transfer sends next, as Linux's TCP would: slow start, then CUBIC (RFC 9438), reduced after a loss at most once for
 * all that was under way; a packet is lost when three sent later have arrived (RFC 6675), or none has for long (RFC 6298). What is lost
 * is sent again first. Packets of one flow do not overtake each other here. Not safe for use by several threads.
 */
final class LossWindow {

    private static final double FIRST_WINDOW = 10;
    private static final double LEAST_WINDOW = 2;
    private static final double KEPT = 0.7;
    private static final double CUBIC = 0.4;
    private static final double MOST_GROWTH = 1.5;
    /** What grows per round trip as fast as additive increase would, for a window that falls to so much. */
    private static final double FRIENDLY = 3 * (1 - KEPT) / (1 + KEPT);

    private static final int TOLERANCE = 3;
    private static final long LEAST_PATIENCE_NANOS = 200_000_000;
    private static final long FIRST_PATIENCE_NANOS = 1_000_000_000;
    private static final double SMOOTHING = 1.0 / 8;

    private final ArrayDeque<Sent> underWay = new ArrayDeque<>();
    private final ArrayDeque<Long> lost = new ArrayDeque<>();
    private double window = FIRST_WINDOW;
    private double windowAtLoss;
    private long lossNanos;
    private double threshold = Double.POSITIVE_INFINITY;
    private double roundTripNanos;
    private double variationNanos;
    private long progressNanos;
    private long recoveredFrom;
    private long nextNumber;
    private long transmissions;

    /**
     * A packet on its way.
     *
     * @param transmission counts all that was sent
     * @param number counts what is new
     */
    private record Sent(long transmission, long number, long nanos) {}

    boolean maySend() {
        return underWay.size() < (int) window;
    }

    /** Takes note that the next packet is sent, and returns its number; {@link #transmissions} is then what its echo is to name. */
    long send(long nowNanos) {
        Long again = lost.poll();
        long number = again == null ? nextNumber++ : again;
        underWay.add(new Sent(++transmissions, number, nowNanos));
        return number;
    }

    /** Takes an echo. */
    void arrived(long transmission, long nowNanos) {
        progressNanos = nowNanos;
        while (!underWay.isEmpty() && underWay.element().transmission + TOLERANCE < transmission) {
            lose(underWay.remove(), nowNanos);
        }
        for (Sent sent : underWay) {
            if (sent.transmission == transmission) {
                underWay.remove(sent);
                measure((double) (nowNanos - sent.nanos));
                grow(transmission, nowNanos);
                return;
            }
        }
    }

    private void lose(Sent sent, long nowNanos) {
        lost.add(sent.number);
        if (sent.transmission >= recoveredFrom) {
            reduce(nowNanos);
            window = threshold;
        }
    }

    private void reduce(long nowNanos) {
        recoveredFrom = transmissions + 1;
        windowAtLoss = window;
        lossNanos = nowNanos;
        threshold = Math.max(LEAST_WINDOW, KEPT * window);
    }

    private void grow(long transmission, long nowNanos) {
        if (transmission < recoveredFrom) {
            return;
        }
        if (window < threshold) {
            window += 1;
            return;
        }
        double plateau = Math.cbrt(windowAtLoss * (1 - KEPT) / CUBIC);
        double next = (nowNanos - lossNanos + roundTripNanos) / 1e9 - plateau;
        double wanted = CUBIC * next * next * next + windowAtLoss;
        double faster = Math.max(0, Math.min(wanted, MOST_GROWTH * window) - window);
        window += Math.max(faster, FRIENDLY) / window;
    }

    private void measure(double nanos) {
        if (roundTripNanos == 0) {
            roundTripNanos = nanos;
            variationNanos = nanos / 2;
        } else {
            variationNanos += 2 * SMOOTHING * (Math.abs(nanos - roundTripNanos) - variationNanos);
            roundTripNanos += SMOOTHING * (nanos - roundTripNanos);
        }
    }

    /** Gives up on what has been under way for too long. */
    void tick(long nowNanos) {
        double patience = roundTripNanos == 0
                ? FIRST_PATIENCE_NANOS
                : Math.max(LEAST_PATIENCE_NANOS, roundTripNanos + 4 * variationNanos);
        if (underWay.isEmpty() || nowNanos - Math.max(progressNanos, underWay.element().nanos) < patience) {
            return;
        }
        reduce(nowNanos);
        window = LEAST_WINDOW;
        while (!underWay.isEmpty()) {
            lose(underWay.remove(), nowNanos);
        }
    }

    long transmissions() {
        return transmissions;
    }

    /** Returns how many packets were sent for the first time. */
    long offered() {
        return nextNumber;
    }

    double window() {
        return window;
    }
}
