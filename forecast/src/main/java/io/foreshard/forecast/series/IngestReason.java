package io.foreshard.forecast.series;

import io.foreshard.coreapi.Reason;

/** What a {@link StreamIngest} drops, skips or repairs. */
public enum IngestReason implements Reason {
    /** A sample for a step that has one already. */
    DUPLICATE(
            "Normal when two pollers overlap; when all are, the source's clock stands still or the step is too long."),
    /** A sample for a step that is over. */
    LATE("Deliver samples in order, or choose a longer step."),
    /** A step without a sample, told to the sink as NaN. */
    MISSING_STEP("A few are normal; when many, the source is polled more slowly than the step says."),
    /** A clock that moved too far forwards or backwards, after which the grid started anew. */
    CLOCK_JUMP("Check the time synchronisation of the source, or raise maxGapSteps if it was down for so long."),
    /** A sample that is NaN or infinite, taken as missing. */
    NOT_A_NUMBER("Look at the source."),
    /** A counter that went through its greatest value. */
    COUNTER_WRAP("Normal for 32-bit counters; prefer the 64-bit ones on fast links."),
    /** A counter that started anew or moved faster than possible; the step is missing. */
    COUNTER_RESET("Normal after a restart of the device; when often, raise maxRatePerSecond."),
    /** A counter that may have wrapped more than once between two readings; the step is missing. */
    COUNTER_TOO_SLOW("Poll more often or use the 64-bit counters."),
    /** A sample at the capacity, which shows the cap and not the demand. */
    SATURATED("The link is full: what it would have carried is unknown. Raise the capacity or shift load.");

    private final String operatorAction;

    IngestReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
