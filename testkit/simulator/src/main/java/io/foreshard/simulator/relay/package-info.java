/**
 * The impairments of {@link io.foreshard.simulator.link} between real sockets, for one machine and no privileges.
 *
 * <p>A {@link io.foreshard.simulator.relay.UdpRelay} stands between UDP clients and one target, a
 * {@link io.foreshard.simulator.relay.TcpRelay} between TCP clients and one target. Both take the event loop group of the caller,
 * bind a port of the loopback interface unless told otherwise, and count what they do. Both builders have the same settings for the
 * two sides and the two ways ({@code RelayBuilder}) and add the limits of their protocol.
 *
 * <pre>{@code
 * try (UdpRelay relay = UdpRelay.builder(group, serverAddress)
 *         .toTarget(Impairment.builder().rateBytesPerSecond(1_250_000).delay(Duration.ofMillis(20)).loss(0.01).build())
 *         .toClients(Impairment.builder().delay(Duration.ofMillis(20)).build())
 *         .seeds(1, 2)
 *         .start()) {
 *     client.connect(relay.address());
 *     …
 *     relay.rebind();
 *     System.out.println(relay.toTarget().dropped(DropReason.QUEUE_FULL));
 * }
 * }</pre>
 */
@NullMarked
package io.foreshard.simulator.relay;

import org.jspecify.annotations.NullMarked;
