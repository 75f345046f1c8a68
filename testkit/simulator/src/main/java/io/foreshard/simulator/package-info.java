/**
 * Runs Netty applications in virtual time, over networks that misbehave on command.
 *
 * <p>{@code EmbeddedChannel} tests one handler. A {@link io.foreshard.simulator.Simulation} runs whole applications: production
 * handlers, bootstraps and timers unchanged, on the event loops of several {@link io.foreshard.simulator.SimulatedNode}s, whose
 * sockets meet over links with rate, delay, queue, loss and damage (see {@link io.foreshard.simulator.link.Impairment}). An hour
 * passes as fast as its events can be computed, and a run is repeated exactly by its seed.
 *
 * <pre>{@code
 * try (Simulation simulation = new Simulation(42)) {
 *     SimulatedNode client = simulation.addNode("10.0.0.1", 1);
 *     SimulatedNode server = simulation.addNode("10.0.0.2", 4);
 *     simulation.connect(client, server, Impairment.builder()
 *             .rateBytesPerSecond(1_250_000).delay(Duration.ofMillis(20)).queueBytes(50_000).loss(0.01).build());
 *     ChannelFuture bound = new Bootstrap()
 *             .group(server.eventLoopGroup())
 *             .channelFactory(server.datagramChannelFactory())
 *             .handler(productionHandler)
 *             .bind(server.address(4000));
 *     simulation.await(bound, Duration.ofSeconds(1));
 *     simulation.runFor(Duration.ofMinutes(10));
 * }
 * }</pre>
 *
 * <p>What flows in: a seed, nodes, links and the application. What flows out: whatever the application does, a
 * {@link io.foreshard.simulator.PacketEvent} per station of a datagram, and statistics per link. Everything runs on the thread that
 * made the simulation, which owns it. Inside, every kind of socket keeps its tie to the loop in a {@code Readiness} and its options
 * in a {@code SimulatedConfig}.
 *
 * <p>Three rules: read time from the loop's {@code ticker()} and schedule on loops, for there is no other clock that moves along;
 * between two runs never block on a future, but hand it to {@link io.foreshard.simulator.Simulation#await}; give each simulation its
 * own thread if several run at once.
 *
 * <p>{@link io.foreshard.simulator.Property} repeats a test over seeds and says how to replay the one that fails.
 * {@link io.foreshard.simulator.CountingAllocator} tells at the end whether every buffer was released. The same impairments between
 * real sockets are in {@link io.foreshard.simulator.relay}.
 */
@NullMarked
package io.foreshard.simulator;

import org.jspecify.annotations.NullMarked;
