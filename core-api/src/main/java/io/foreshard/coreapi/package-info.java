/**
 * The vocabulary of the loop observe → forecast → plan → act → score.
 *
 * <p>Samples flow in as {@link io.foreshard.coreapi.PathSample}s and fixed-step doubles, a
 * {@link io.foreshard.coreapi.Forecaster} turns them into {@link io.foreshard.coreapi.Forecast}s, an engine condenses those
 * into a {@link io.foreshard.coreapi.PathOutlook} that policies read. Everything here is immutable or an interface; nothing
 * reads a clock, starts a thread or knows Netty.
 */
@NullMarked
package io.foreshard.coreapi;

import org.jspecify.annotations.NullMarked;
