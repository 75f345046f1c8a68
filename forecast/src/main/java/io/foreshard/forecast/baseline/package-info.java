/**
 * The simple forecasts that every other has to beat: the newest sample, the same phase of the seasons before, the line through
 * the ends, the median of a window.
 *
 * <p>Samples flow in one by one, missing steps as {@code skip}; means flow out, with the growth of their errors by the formulas of
 * Hyndman and Athanasopoulos, Forecasting: Principles and Practice, section 5.5.
 */
@NullMarked
package io.foreshard.forecast.baseline;

import org.jspecify.annotations.NullMarked;
