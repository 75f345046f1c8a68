package io.foreshard.simulator.link;

import java.time.Duration;

/**
 * When a link is down. While it is down, datagrams are dropped at its entry and streams wait; what is already under way arrives.
 *
 * @param firstDownNanos when the first outage begins, counted from the start of the link; not negative
 * @param downNanos how long each outage lasts; above 0
 * @param periodNanos from the beginning of one outage to the beginning of the next, longer than an outage; 0 for one outage only
 */
public record Flap(long firstDownNanos, long downNanos, long periodNanos) {

    /** Checks the intervals. */
    public Flap {
        Checks.that(firstDownNanos >= 0, "firstDownNanos", firstDownNanos, ">= 0");
        Checks.that(downNanos > 0, "downNanos", downNanos, "> 0");
        Checks.that(periodNanos == 0 || periodNanos > downNanos, "periodNanos", periodNanos, "0 or > " + downNanos);
    }

    /**
     * One outage.
     *
     * @param start when it begins, counted from the start of the link
     * @param length how long it lasts
     * @return the outage
     */
    public static Flap once(Duration start, Duration length) {
        return new Flap(start.toNanos(), length.toNanos(), 0);
    }

    /**
     * Outages at regular intervals; the first begins after one period less one outage.
     *
     * @param period from the beginning of one outage to the beginning of the next
     * @param length how long each lasts, less than the period
     * @return the outages
     */
    public static Flap every(Duration period, Duration length) {
        return new Flap(period.minus(length).toNanos(), length.toNanos(), period.toNanos());
    }

    /**
     * Returns when the link is next up.
     *
     * @param sinceStartNanos an instant, counted from the start of the link
     * @return that instant when the link is up, otherwise the end of the outage; on the same clock
     */
    public long upAtNanos(long sinceStartNanos) {
        long phase = sinceStartNanos - firstDownNanos;
        if (phase < 0) {
            return sinceStartNanos;
        }
        long inPeriod = periodNanos == 0 ? phase : phase % periodNanos;
        return inPeriod < downNanos ? sinceStartNanos + downNanos - inPeriod : sinceStartNanos;
    }
}
