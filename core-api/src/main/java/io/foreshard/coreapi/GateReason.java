package io.foreshard.coreapi;

/** Why forecasts decide, or do not. Counted at every change. */
public enum GateReason implements Reason {
    /** There are no forecasts, or too few of them have come true or not. */
    LEARNING("Normal after the start; if it lasts, configure a forecaster or look at what the path's traffic shows."),
    /** The gate is held shut by its configuration. */
    HELD_SHUT("Set the gate free where forecasts are to decide."),
    /** Forecasts are not enough better than the naive one, that the last value stands. */
    NO_SKILL("Normal where nothing can be foreseen; else try another forecaster or planning interval."),
    /** Forecasts are good enough to be tried: half of the decisions follow them, so that both halves can be compared. */
    ON_TRIAL("Wait; the trial ends by itself."),
    /** Forecasts decide, but for the control group. */
    PROVEN("Nothing: forecasts are good, and decisions by them are no worse than without."),
    /** Decisions by forecasts turned out worse than those of the control group. */
    REGRET(
            "Compare predicted with observed capacity: good forecasts of the wrong thing, or at the wrong time, do harm.");

    private final String operatorAction;

    GateReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }

    /** Returns whether forecasts decide, but for those decisions that are kept to compare with. */
    public boolean isOpen() {
        return this == PROVEN;
    }
}
