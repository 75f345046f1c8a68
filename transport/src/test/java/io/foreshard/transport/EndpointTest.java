package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.WireReason;
import io.foreshard.simulator.link.Impairment;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointTest {

    private static final Impairment PATH = Impairment.builder()
            .rateBytesPerSecond(1_250_000)
            .delay(Duration.ofMillis(10))
            .build();
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void refusesMoreLoopsThanCanShareTheMemoryBeforeItBinds() {
        try (SimulatedPair pair = new SimulatedPair(1, PATH)) {
            ShardEndpointBuilder builder = ShardEndpoint.builder(pair.clientNode.eventLoopGroup())
                    .channelFactory(pair.clientNode.datagramChannelFactory())
                    .loops(8);
            assertThrows(IllegalArgumentException.class, builder::bind);
        }
    }

    @Test
    void failsToBindWhereTheAddressIsTaken() {
        try (SimulatedPair pair = new SimulatedPair(1, PATH)) {
            Future<ShardEndpoint> second = ShardEndpoint.builder(pair.serverNode.eventLoopGroup())
                    .channelFactory(pair.serverNode.datagramChannelFactory())
                    .localAddress(pair.serverNode.address(SimulatedPair.PORT))
                    .bind();
            assertTrue(pair.simulation.runUntil(second::isDone, SOON));
            assertFalse(second.isSuccess());
        }
    }

    @Test
    void keepsWhatWasSetWhenItWasBound() {
        try (SimulatedPair pair = new SimulatedPair(1, PATH)) {
            SimulatedPair.Recorder first = new SimulatedPair.Recorder();
            SimulatedPair.Recorder second = new SimulatedPair.Recorder();
            ShardEndpointBuilder builder = ShardEndpoint.builder(pair.serverNode.eventLoopGroup())
                    .channelFactory(pair.serverNode.datagramChannelFactory())
                    .allocator(pair.allocator)
                    .localAddress(pair.serverNode.address(5000))
                    .listener(first);
            Future<ShardEndpoint> bound = builder.bind();
            builder.listener(second);
            ShardEndpoint endpoint = pair.await(bound);
            ShardSession session = pair.await(pair.client.connect(pair.serverNode.address(5000)));
            Future<Void> sent = session.send(pair.message(new byte[100]), MessageOptions.reliable());
            assertTrue(pair.simulation.runUntil(sent::isDone, SOON));
            assertEquals(1, first.messages.size());
            assertEquals(0, second.messages.size());
            pair.simulation.await(endpoint.close(), SOON);
        }
    }

    @Test
    void refusesToConnectToAnAddressThatIsNotResolved() {
        try (SimulatedPair pair = new SimulatedPair(1, PATH)) {
            Future<ShardSession> refused =
                    pair.client.connect(InetSocketAddress.createUnresolved("nowhere.invalid", 1));
            assertTrue(refused.isDone());
            assertInstanceOf(IllegalArgumentException.class, refused.cause());
        }
    }

    @Test
    void refusesToConnectWhileItCloses() {
        List<Future<ShardSession>> again = new ArrayList<>();
        try (SimulatedPair pair = new SimulatedPair(1, PATH)) {
            pair.connect();
            pair.atClient.whenClosed =
                    () -> again.add(pair.client.connect(pair.serverNode.address(SimulatedPair.PORT)));
            pair.simulation.await(pair.client.close(), SOON);
            assertEquals(1, again.size());
            assertTrue(pair.simulation.runUntil(again.get(0)::isDone, SOON));
            assertFalse(again.get(0).isSuccess());
        }
    }

    @Test
    void takesAMessageOfExactlyTheLargestSize() {
        TransportConfig config = SimulatedPair.config(1).maxMessageBytes(65_536).build();
        try (SimulatedPair pair = new SimulatedPair(1, PATH, PATH, config, 1)) {
            Future<Void> sent = pair.connect().send(pair.message(new byte[65_536]), MessageOptions.reliable());
            assertTrue(pair.simulation.runUntil(sent::isDone, SOON));
            assertTrue(sent.isSuccess(), () -> "cause: " + sent.cause());
        }
    }

    @Test
    void completesAMessageWhoseListenerClosesTheSessionWhenItIsFull() {
        TransportConfig config =
                SimulatedPair.config(1).writeBufferWatermarks(1, 10_000).build();
        try (SimulatedPair pair = new SimulatedPair(1, PATH, PATH, config, 1)) {
            ShardSession session = pair.connect();
            pair.atClient.whenUnwritable = session::close;
            ByteBuf message = pair.message(new byte[20_000]);
            Future<Void> sent = session.send(message, MessageOptions.reliable());
            assertTrue(pair.simulation.runUntil(sent::isDone, SOON));
            assertFalse(sent.isSuccess());
        }
    }

    @Test
    void sendsPacketsNoLargerThanThePeerAccepts() {
        TransportConfig large = SimulatedPair.config(1).pathMtuBytes(9_000).build();
        try (SimulatedPair pair = new SimulatedPair(1, PATH)) {
            ShardEndpoint sender = pair.await(ShardEndpoint.builder(pair.clientNode.eventLoopGroup())
                    .channelFactory(pair.clientNode.datagramChannelFactory())
                    .allocator(pair.allocator)
                    .localAddress(pair.clientNode.address(5000))
                    .config(large)
                    .bind());
            ShardSession session = pair.await(sender.connect(pair.serverNode.address(SimulatedPair.PORT)));
            Future<Void> sent = session.send(pair.message(new byte[100_000]), MessageOptions.reliable());
            assertTrue(pair.simulation.runUntil(sent::isDone, SOON));
            assertEquals(0, pair.count(pair.server, WireReason.TRUNCATED));
            assertEquals(0, pair.count(sender, TransportReason.FEEDBACK_ENDED));
            pair.simulation.await(sender.close(), SOON);
        }
    }

    @Test
    void survivesAChoiceOfDestinationsThatThrows() {
        TransportConfig config = SimulatedPair.config(1)
                .handshakeTimeout(Duration.ofSeconds(1))
                .acceptDestination(destination -> {
                    throw new IllegalStateException("no table of destinations");
                })
                .build();
        try (SimulatedPair pair = new SimulatedPair(1, PATH, PATH, config, 1)) {
            pair.expectWarning("A HELLO could not be answered");
            Future<ShardSession> refused = pair.client.connect(
                    pair.serverNode.address(SimulatedPair.PORT), new InetSocketAddress("10.9.9.9", 9));
            assertTrue(pair.simulation.runUntil(refused::isDone, SOON));
            assertFalse(refused.isSuccess());
            assertTrue(pair.count(pair.server, TransportReason.LISTENER_FAILED) > 0);
            assertTrue(pair.connect().isOpen());
        }
    }
}
