/**
 * Puts plausible values into the gaps of a series before a batch method that knows no missing samples. Internal to the module: series with
 * NaN flow in, complete ones flow out.
 */
@NullMarked
package io.foreshard.forecast.gaps;

import org.jspecify.annotations.NullMarked;
