/**
 * The contract of the models: one object per series that moves on with each sample, and the batch fits that make such objects.
 *
 * <p>Samples flow in, one per step; means and the growth of their error with the horizon flow out. Quantiles are not a model's
 * matter: they are learnt from its errors. A model belongs to the one thread that feeds it.
 */
@NullMarked
package io.foreshard.forecast.model;

import org.jspecify.annotations.NullMarked;
