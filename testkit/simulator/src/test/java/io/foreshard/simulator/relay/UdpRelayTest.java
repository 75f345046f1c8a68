package io.foreshard.simulator.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.link.DropReason;
import io.foreshard.simulator.link.Impairment;
import io.foreshard.simulator.link.LinkEffect;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class UdpRelayTest {

    private static final int PATIENCE_MILLIS = 5000;

    private MultiThreadIoEventLoopGroup group;
    private DatagramSocket target;
    private DatagramSocket client;

    @BeforeEach
    void open() throws SocketException {
        group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        target = socket();
        client = socket();
    }

    @AfterEach
    void close() {
        target.close();
        client.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void forwardsBothWaysPerClient() throws IOException {
        try (UdpRelay relay = relay(Impairment.none(), Impairment.none());
                DatagramSocket other = socket()) {
            send(client, relay.address(), "one");
            DatagramPacket first = receive(target);
            send(other, relay.address(), "two");
            DatagramPacket second = receive(target);
            assertNotEquals(first.getPort(), second.getPort(), "a socket per client");
            send(target, second.getSocketAddress(), "to two");
            send(target, first.getSocketAddress(), "to one");
            assertArrayEquals("to one".getBytes(UTF_8), payload(receive(client)));
            assertArrayEquals("to two".getBytes(UTF_8), payload(receive(other)));
            assertEquals(2, relay.toTarget().deliveredDatagrams());
            assertEquals(6, relay.toTarget().deliveredBytes());
            assertEquals(2, relay.toClients().deliveredDatagrams());
            assertEquals(0, relay.unsent());
        }
    }

    @Test
    void rebindingChangesTheSourcePortAndForgetsTheOldOne() throws IOException {
        try (UdpRelay relay = relay(Impairment.none(), Impairment.none())) {
            send(client, relay.address(), "before");
            DatagramPacket before = receive(target);
            relay.rebind();
            send(client, relay.address(), "after");
            DatagramPacket after = receive(target);
            assertNotEquals(before.getPort(), after.getPort());
            send(target, before.getSocketAddress(), "to the old port");
            send(target, after.getSocketAddress(), "to the new port");
            assertArrayEquals("to the new port".getBytes(UTF_8), payload(receive(client)));
        }
    }

    @Test
    void countsDropsByReason() throws IOException {
        Impairment impairment = Impairment.builder()
                .maxDatagramBytes(100)
                .rateBytesPerSecond(1000)
                .queueBytes(150)
                .build();
        try (UdpRelay relay = relay(impairment, Impairment.none())) {
            send(client, relay.address(), "x".repeat(101));
            send(client, relay.address(), "x".repeat(100));
            send(client, relay.address(), "x".repeat(100));
            assertEquals(100, receive(target).getLength());
            assertEquals(1, relay.toTarget().dropped(DropReason.OVERSIZED));
            assertEquals(1, relay.toTarget().dropped(DropReason.QUEUE_FULL));
            assertEquals(3, relay.toTarget().offeredDatagrams());
            assertEquals(2, relay.toTarget().droppedDatagrams());
        }
    }

    @Test
    void delaysDuplicatesAndCorrupts() throws IOException {
        Impairment impairment = Impairment.builder()
                .delay(Duration.ofMillis(50))
                .duplicate(1)
                .corrupt(1)
                .build();
        try (UdpRelay relay = relay(impairment, Impairment.none())) {
            long sentNanos = System.nanoTime();
            send(client, relay.address(), "hello");
            byte[] first = payload(receive(target));
            long tookNanos = System.nanoTime() - sentNanos;
            assertArrayEquals(first, payload(receive(target)));
            assertTrue(!Arrays.equals("hello".getBytes(UTF_8), first), "one bit differs");
            assertTrue(tookNanos >= 50_000_000, () -> "took " + tookNanos + " ns");
            assertEquals(1, relay.toTarget().count(LinkEffect.DUPLICATED));
        }
    }

    @Test
    void whatIsUnderWayIsForgottenOnClose() throws IOException {
        Impairment impairment =
                Impairment.builder().delay(Duration.ofMillis(300)).build();
        UdpRelay relay = relay(impairment, Impairment.none());
        InetSocketAddress address = relay.address();
        send(client, address, "never");
        relay.close();
        target.setSoTimeout(600);
        assertNull(receiveOrNull(target));
        assertEquals(0, relay.toTarget().heldBytes());
    }

    private UdpRelay relay(Impairment toTarget, Impairment toClients) {
        return UdpRelay.builder(group, (InetSocketAddress) target.getLocalSocketAddress())
                .toTarget(toTarget)
                .toClients(toClients)
                .start();
    }

    private static DatagramSocket socket() throws SocketException {
        DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void send(DatagramSocket from, SocketAddress to, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        from.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        return packet;
    }

    private static @Nullable DatagramPacket receiveOrNull(DatagramSocket socket) throws IOException {
        try {
            return receive(socket);
        } catch (SocketTimeoutException e) {
            return null;
        }
    }

    private static byte[] payload(DatagramPacket packet) {
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }
}
