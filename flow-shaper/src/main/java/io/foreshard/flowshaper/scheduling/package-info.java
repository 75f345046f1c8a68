/**
 * The data path of the shaper, without a transport: packets flow in through a {@link Lane}, and out through its {@link Outlet} when
 * their time has come.
 *
 * <p>One {@link PacketScheduler} belongs to one event loop and is used by its thread alone. It keeps a FIFO for each flow; only the
 * heads of flows stand in timing wheels. A head first waits out its delay, in a wheel of time; then it shares the rate of its
 * bottleneck, in a wheel of virtual time, in which a change of the rate moves nothing. One timer is due at the soonest departure.
 */
@NullMarked
package io.foreshard.flowshaper.scheduling;

import org.jspecify.annotations.NullMarked;
