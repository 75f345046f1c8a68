package io.foreshard.telemetry.probe;

/**
 * The 16 bits that say how good a clock is (RFC 4656, 4.1.2, with the bit Z of RFC 8186): S, Z, Scale and Multiplier, for an error of
 * {@code Multiplier × 2^(Scale-32)} seconds.
 */
final class ErrorEstimate {

    private static final int SYNCHRONISED = 0x8000;
    private static final int PTP = 0x4000;
    private static final int SCALE_SHIFT = 8;
    private static final int MULTIPLIER = 0xFF;
    private static final int MULTIPLIER_BITS = 8;

    private ErrorEstimate() {}

    static int of(boolean synchronised, StampTimestampFormat format, long errorNanos) {
        double units = Math.ceil((double) errorNanos * (1L << Integer.SIZE) / 1e9);
        int scale = Math.max(0, Math.getExponent(units) - (MULTIPLIER_BITS - 1));
        int multiplier = (int) Math.ceil(Math.scalb(units, -scale));
        if (multiplier > MULTIPLIER) {
            scale++;
            multiplier = (int) Math.ceil(Math.scalb(units, -scale));
        }
        int flags = (synchronised ? SYNCHRONISED : 0) | (format == StampTimestampFormat.PTP ? PTP : 0);
        return flags | (scale << SCALE_SHIFT) | Math.max(1, multiplier);
    }

    /** A multiplier of 0 is forbidden, so that an estimate of only zeros is a mistake. */
    static boolean isValid(int estimate) {
        return (estimate & MULTIPLIER) != 0;
    }

    static StampTimestampFormat format(int estimate) {
        return (estimate & PTP) == 0 ? StampTimestampFormat.NTP : StampTimestampFormat.PTP;
    }
}
