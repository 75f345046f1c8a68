package io.foreshard.flowshaper.scheduling;

/**
 * When the next packet of a bottleneck may leave. The time moves on by {@code bytes / rate} with each packet; when the rate changes,
 * what is left of the wait is stretched or shortened.
 *
 * @see <a href="https://doi.org/10.1145/3098822.3098852">Saeed et al., "Carousel: scalable traffic shaping at end hosts", 2017</a>
 */
final class RateClock {

    /** What a packet delays the next ones by at most, and a cost per byte that is as good as infinite: absurd rates overflow nothing. */
    private static final double MOST_NANOS = 86_400e9;

    private static final double MOST_NANOS_PER_BYTE = 1e15;

    private final long catchUpNanos;
    private double nanosPerByte;
    private long departureNanos;
    /** What was cut off from departure times, so that packets much shorter than a nanosecond's worth are charged too. */
    private double fraction;

    RateClock(long catchUpNanos, long nowNanos) {
        this.catchUpNanos = catchUpNanos;
        this.departureNanos = nowNanos;
    }

    /** Follows a new rate, above 0 or infinite. */
    void change(double bytesPerSecond, long nowNanos) {
        double changed = Math.min(MOST_NANOS_PER_BYTE, 1e9 / bytesPerSecond);
        long waitNanos = departureNanos - nowNanos;
        if (waitNanos > 0 && changed != nanosPerByte) {
            departureNanos = nowNanos + (long) Math.min(MOST_NANOS, waitNanos * (changed / nanosPerByte));
        }
        nanosPerByte = changed;
    }

    boolean isLimited() {
        return nanosPerByte > 0;
    }

    /** Returns how many bytes may depart within a time, infinitely many without a limit. */
    double bytesWithin(long nanos) {
        return nanos / nanosPerByte;
    }

    boolean mayDepart(long nowNanos) {
        return departureNanos <= nowNanos;
    }

    long departureNanos() {
        return departureNanos;
    }

    /** Charges a packet that finds the bottleneck idle: what was not used before is lost. */
    void startsWith(int bytes, long nowNanos) {
        charge(bytes, nowNanos);
    }

    /** Charges a packet out of a queue: what the timer was late, the next ones make up for, up to a bound. */
    void continuesWith(int bytes, long nowNanos) {
        charge(bytes, nowNanos - catchUpNanos);
    }

    private void charge(int bytes, long earliestNanos) {
        double cost = Math.min(MOST_NANOS, bytes * nanosPerByte + fraction);
        long whole = (long) cost;
        fraction = cost - whole;
        departureNanos = Math.max(departureNanos, earliestNanos) + whole;
    }
}
