package io.foreshard.flowshaper;

/**
 * What the comparison of shaping with no shaping says.
 *
 * @param verdict the finding
 * @param gain mean logarithm of what a packet or request costs without shaping over what it costs with it; above 0 shaping helps
 * @param gainError its standard error
 * @param pairs how many pairs of epochs it rests on
 */
public record TrialReport(Verdict verdict, double gain, double gainError, long pairs) {

    /** The finding of a trial. */
    public enum Verdict {
        /** No trial was asked for: packets are shaped. */
        OFF,
        /** Epochs with and without shaping take turns, or wait for something to shape. */
        COMPARING,
        /** Shaping helps, and stays but for a few epochs to compare with. */
        HELPS,
        /** Shaping does not help: packets pass, but for a few epochs to compare with. */
        NO_GAIN
    }
}
