/**
 * Takes messages of virtual routers by {@link io.foreshard.stackvirt.mux.Port}s and brings each to the stack that will answer soonest.
 *
 * <p>What flows: message → port → kind by protocol id → one of its stacks, or the line in which messages wait for one → link of the stack →
 * answer → port. Each message that is sent gets exactly one {@link io.foreshard.stackvirt.mux.MessageResult}. A
 * {@link io.foreshard.stackvirt.mux.Multiplexer} belongs to one event loop; all of its state does. Ports may be used by any thread: what they
 * are given passes through a bounded ring. Whoever runs the stacks tells by {@link io.foreshard.stackvirt.mux.StackSet} which there are.
 */
@NullMarked
package io.foreshard.stackvirt.mux;

import org.jspecify.annotations.NullMarked;
