/**
 * What a network does to traffic, as pure decisions.
 *
 * <p>An {@link io.foreshard.simulator.link.Impairment} says what one direction of a link does. An
 * {@link io.foreshard.simulator.link.ImpairedLink} turns it, a seed and the arrivals into decisions: dropped and why, or
 * delivered when and how damaged. A {@link io.foreshard.simulator.link.DatagramPipe} carries real bytes through such a link. The
 * simulator and the relays on real sockets use the same three classes, so the same seed gives the same decisions in both.
 *
 * <p>Nothing here reads a clock or starts a thread: time is handed in.
 */
@NullMarked
package io.foreshard.simulator.link;

import org.jspecify.annotations.NullMarked;
