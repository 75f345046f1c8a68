/**
 * The impairments of {@link io.foreshard.simulator.link} between real sockets, for one machine and no privileges.
 *
 * <p>A {@link io.foreshard.simulator.relay.UdpRelay} stands between UDP clients and one target.
 */
@NullMarked
package io.foreshard.simulator.relay;

import org.jspecify.annotations.NullMarked;
