package io.foreshard.forecast.interval;

/**
 * How often the next sample fell between the outermost quantiles of its forecast.
 *
 * @param nominal the share that should: the outermost level minus the innermost one below it, such as 0.95 for 0.025 and 0.975
 * @param scored number of forecasts scored
 * @param overall the share that did, of all scored; {@link Double#NaN} before the first
 * @param window the share that did, of the last {@link #WINDOW_STEPS} scored; {@link Double#NaN} until there are as many
 * @param worstWindow the least {@code window} so far; {@link Double#NaN} until there is one
 */
public record Coverage(double nominal, long scored, double overall, double window, double worstWindow) {

    /** The length of the window, in scored samples. */
    public static final int WINDOW_STEPS = 200;

    /**
     * Returns whether the newest window is full and misses the nominal share by more than a tolerance, on the side that harms: too few
     * samples inside.
     *
     * @param tolerance a share, such as 0.1
     */
    public boolean alarm(double tolerance) {
        return window < nominal - tolerance;
    }
}
