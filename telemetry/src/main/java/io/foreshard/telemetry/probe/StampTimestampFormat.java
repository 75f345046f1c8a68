package io.foreshard.telemetry.probe;

/** How a STAMP packet writes a time (RFC 8762, 4.2.1; the bit Z of its error estimate tells which). Stateless, any thread. */
public enum StampTimestampFormat {
    /** Seconds since 1900 and a binary fraction, 32 bits each (RFC 5905, 6). */
    NTP {
        @Override
        long encode(long epochNanos) {
            long seconds = Math.floorDiv(epochNanos, NANOS_PER_SECOND) + SECONDS_FROM_1900_TO_1970;
            long fraction = (Math.floorMod(epochNanos, NANOS_PER_SECOND) << Integer.SIZE) / NANOS_PER_SECOND;
            return (seconds << Integer.SIZE) | fraction;
        }

        @Override
        long decode(long raw) {
            long seconds = ((raw >>> Integer.SIZE) - SECONDS_FROM_1900_TO_1970) & MAX_U32;
            long nanos = ((raw & MAX_U32) * NANOS_PER_SECOND + HALF) >>> Integer.SIZE;
            return seconds * NANOS_PER_SECOND + nanos;
        }
    },
    /**
     * Seconds since 1970 and nanoseconds, 32 bits each: the end of an IEEE 1588 timestamp (RFC 8186). We write UTC seconds, not TAI, and
     * say by the bit S that our clock is not synchronised unless we are told otherwise.
     */
    PTP {
        @Override
        long encode(long epochNanos) {
            long seconds = Math.floorDiv(epochNanos, NANOS_PER_SECOND);
            return (seconds << Integer.SIZE) | Math.floorMod(epochNanos, NANOS_PER_SECOND);
        }

        @Override
        long decode(long raw) {
            return (raw >>> Integer.SIZE) * NANOS_PER_SECOND + (raw & MAX_U32);
        }
    };

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long SECONDS_FROM_1900_TO_1970 = 2_208_988_800L;
    private static final long MAX_U32 = 0xFFFF_FFFFL;
    private static final long HALF = 1L << (Integer.SIZE - 1);

    /** Returns the 64 bits for a time since 1970. */
    abstract long encode(long epochNanos);

    /** Returns the time since 1970, for times between 1970 and 2106. */
    abstract long decode(long raw);
}
