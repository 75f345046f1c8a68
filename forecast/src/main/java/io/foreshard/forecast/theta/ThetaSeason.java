package io.foreshard.forecast.theta;

/** How a season, where there is one, is taken off and put on again. */
public enum ThetaSeason {

    /** As factors when all samples are positive, else as differences. */
    AUTOMATIC,

    /** As differences: adding a number to all samples adds it to all forecasts. */
    ADDITIVE,

    /** Not at all. */
    NONE
}
