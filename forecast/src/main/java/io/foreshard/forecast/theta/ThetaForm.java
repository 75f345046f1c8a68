package io.foreshard.forecast.theta;

/** Which of the Theta methods. */
public enum ThetaForm {

    /**
     * Simple exponential smoothing plus a drift of half the slope of the regression line (Assimakopoulos and Nikolopoulos 2000 as shown
     * equal by Hyndman and Billah 2003); as {@code thetaf} of R's package forecast.
     */
    CLASSIC,

    /** θ found together with the other parameters, trend line of the whole series (OTM, Fiorucci et al. 2016, section 3.1). */
    OPTIMISED,

    /** As {@link #OPTIMISED}, with a trend line that every sample moves (DOTM, Fiorucci et al. 2016, section 3.2). */
    DYNAMIC
}
