/**
 * Autoregressions that learn their coefficients online.
 *
 * <p>Samples flow in one by one, missing steps as {@code skip}; means flow out. The model owns a ring of past samples as long as
 * its greatest lag and a triangular factor of the covariance of its coefficients, all in flat arrays.
 */
@NullMarked
package io.foreshard.forecast.autoregression;

import org.jspecify.annotations.NullMarked;
