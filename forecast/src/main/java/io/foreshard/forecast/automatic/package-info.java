/**
 * Chooses and combines models for a series by a back-test on its own past.
 *
 * <p>Samples flow in; a {@link io.foreshard.forecast.automatic.AutomaticFit} flows out, with every candidate's record and a model that
 * goes on from the end of the data, weighing its members anew as it sees how they do.
 */
@NullMarked
package io.foreshard.forecast.automatic;

import org.jspecify.annotations.NullMarked;
