package io.foreshard.flowsharder.session;

/**
 * The bounds of a session.
 *
 * @param leastWindowBytes what each flow may have under way, whatever else waits
 * @param mostWindowBytes what one flow may have under way at most
 * @param mostFlows flows of a session at once
 * @param leastStallNanos a leg is not doubted before so long without progress
 * @param mostStallNanos nor trusted longer, whatever its round trips
 * @param convictNanos a doubted leg is closed after so long without progress
 * @param pingNanos an idle leg is asked so often whether it is alive
 * @param resumeNanos flows outlive their last leg by so much
 */
public record SessionLimits(
        long leastWindowBytes,
        long mostWindowBytes,
        int mostFlows,
        long leastStallNanos,
        long mostStallNanos,
        long convictNanos,
        long pingNanos,
        long resumeNanos) {

    private static final long MILLI = 1_000_000L;

    /** Returns the bounds that serve unless others are set. */
    public static SessionLimits defaults() {
        return new SessionLimits(
                128 * 1024,
                16L << 20,
                16 * 1024,
                60 * MILLI,
                1_000 * MILLI,
                3_000 * MILLI,
                1_000 * MILLI,
                30_000 * MILLI);
    }

    /**
     * Returns the same bounds but one.
     *
     * @param value of {@code mostWindowBytes}
     */
    public SessionLimits withMostWindowBytes(long value) {
        return new SessionLimits(
                leastWindowBytes,
                value,
                mostFlows,
                leastStallNanos,
                mostStallNanos,
                convictNanos,
                pingNanos,
                resumeNanos);
    }

    /**
     * Returns the same bounds but one.
     *
     * @param value of {@code mostFlows}
     */
    public SessionLimits withMostFlows(int value) {
        return new SessionLimits(
                leastWindowBytes,
                mostWindowBytes,
                value,
                leastStallNanos,
                mostStallNanos,
                convictNanos,
                pingNanos,
                resumeNanos);
    }

    /**
     * Returns the same bounds but one.
     *
     * @param value of {@code resumeNanos}
     */
    public SessionLimits withResumeNanos(long value) {
        return new SessionLimits(
                leastWindowBytes,
                mostWindowBytes,
                mostFlows,
                leastStallNanos,
                mostStallNanos,
                convictNanos,
                pingNanos,
                value);
    }
}
