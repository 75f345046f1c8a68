package io.foreshard.flowsharder.session;

/**
 * The bounds of a session.
 *
 * @param leastWindowBytes what each flow may have under way, whatever else waits
 * @param mostWindowBytes what one flow may have under way at most
 * @param mostFlows flows of a session at once
 * @param leastStallNanos a leg is not doubted before so long without progress
 * @param mostStallNanos nor trusted longer, whatever its round trips
 * @param convictNanos a doubted leg is closed after so long without progress, as is one on which as long nothing is read
 * @param pingNanos an idle leg is asked so often whether it is alive
 * @param resumeNanos flows outlive their last leg by so much
 * @param mostLegs legs of a session at once
 */
public record SessionLimits(
        long leastWindowBytes,
        long mostWindowBytes,
        int mostFlows,
        long leastStallNanos,
        long mostStallNanos,
        long convictNanos,
        long pingNanos,
        long resumeNanos,
        int mostLegs) {

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
                30_000 * MILLI,
                128);
    }

    /**
     * Returns the same bounds but one.
     *
     * @param value of {@code mostWindowBytes}
     */
    public SessionLimits withMostWindowBytes(long value) {
        return with(value, mostFlows, resumeNanos, mostLegs);
    }

    /**
     * Returns the same bounds but one.
     *
     * @param value of {@code mostFlows}
     */
    public SessionLimits withMostFlows(int value) {
        return with(mostWindowBytes, value, resumeNanos, mostLegs);
    }

    /**
     * Returns the same bounds but one.
     *
     * @param value of {@code resumeNanos}
     */
    public SessionLimits withResumeNanos(long value) {
        return with(mostWindowBytes, mostFlows, value, mostLegs);
    }

    /**
     * Returns the same bounds but one.
     *
     * @param value of {@code mostLegs}
     */
    public SessionLimits withMostLegs(int value) {
        return with(mostWindowBytes, mostFlows, resumeNanos, value);
    }

    private SessionLimits with(long windowBytes, int flows, long resume, int legs) {
        return new SessionLimits(
                leastWindowBytes,
                windowBytes,
                flows,
                leastStallNanos,
                mostStallNanos,
                convictNanos,
                pingNanos,
                resume,
                legs);
    }
}
