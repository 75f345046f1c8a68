package io.foreshard.stackvirt.traffic;

import io.foreshard.coreapi.Reason;

/** Why the demand of a kind was foretold for a slot without its forecaster. */
public enum ForecastReason implements Reason {
    /** The forecaster threw, or answered with less than it was asked for; it is asked again after a pause. */
    FORECAST_FAILED("Read the forecaster's own log; it is tried again by itself."),
    /** The forecaster has not answered for slots that are over. */
    FORECAST_LATE("Give the executor of forecasts more processor time, or take a quicker forecaster.");

    private final String operatorAction;

    ForecastReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
