/**
 * The machinery inside the engines, in four groups.
 *
 * <ul>
 *   <li>Bounds: {@link io.foreshard.runtime.ByteBudget}, {@link io.foreshard.runtime.SequenceWindow},
 *       {@link io.foreshard.runtime.KeyedLongMap}.
 *   <li>Time: {@link io.foreshard.runtime.TimerWheel}.
 *   <li>Estimators: {@link io.foreshard.runtime.RttEstimator}, {@link io.foreshard.runtime.WindowedMax},
 *       {@link io.foreshard.runtime.WindowedMin}.
 *   <li>The edges: {@link io.foreshard.runtime.Checks} for configuration, {@link io.foreshard.runtime.ReasonCounters} for
 *       what is dropped.
 * </ul>
 *
 * <p>Primitives flow in, primitives flow out. Each object has one owner, an event loop, and is used by its thread alone unless
 * a method says otherwise. Nothing reads a clock or draws a random number: times are handed in as {@code nowNanos} and do not
 * go back, hash keys are handed in too. Steady-state operations allocate nothing.
 */
@NullMarked
package io.foreshard.runtime;

import org.jspecify.annotations.NullMarked;
