package io.foreshard.stackvirt.traffic;

import java.util.List;

/**
 * What is expected of one sort of auxiliary task of a kind or key.
 *
 * @param task which
 * @param perSecond how many there were a second of late
 * @param perMessage how many there were to a message of late
 * @param expected how many are expected in the coming second
 * @param basis what that rests on: whichever was nearest of late
 * @param next quantiles of how many there will be in the coming second, ordered by level
 * @param seconds how long one occupies a place of a stack, as was set, or as messages do; 0 if no message was seen, NaN of a key
 */
public record TaskOutlook(
        AuxiliaryTask task,
        double perSecond,
        double perMessage,
        double expected,
        Basis basis,
        List<ExpectedQuantile> next,
        double seconds) {

    /** What an expectation rests on. */
    public enum Basis {
        /** So many to a message. */
        MESSAGES,
        /** As many as of late. */
        LEVEL,
        /** As many as at the same second of the minutes before. */
        MINUTE,
        /** As many as at this time of the five minutes before. */
        FIVE_MINUTES,
        /** As many as at this time of the hours before. */
        HOUR,
        /** As many as at this time of the days before. */
        DAY
    }

    /** Copies the list. */
    public TaskOutlook {
        next = List.copyOf(next);
    }
}
