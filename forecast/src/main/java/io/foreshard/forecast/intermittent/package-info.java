/**
 * Forecasts of rare events: mean demand per step when most steps have none, and how long to keep something warm between uses.
 *
 * <p>Samples or idle times flow in one by one; means, or a pre-warming and a keep-alive window, flow out.
 */
@NullMarked
package io.foreshard.forecast.intermittent;

import org.jspecify.annotations.NullMarked;
