package io.foreshard.simulator.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.SeededRandom;
import io.foreshard.simulator.link.Flap;
import io.foreshard.simulator.link.Impairment;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TcpRelayTest {

    private MultiThreadIoEventLoopGroup group;
    private ServerSocket target;

    @BeforeEach
    void open() throws IOException {
        group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        target = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        target.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void bytesAndHalfClosesPassBothWays() throws IOException {
        byte[] question = new SeededRandom(1).bytes(300_000);
        byte[] answer = new SeededRandom(2).bytes(200_000);
        try (TcpRelay relay = relay(Impairment.none());
                Socket client = connect(relay);
                Socket server = target.accept()) {
            CompletableFuture<byte[]> asked = CompletableFuture.supplyAsync(() -> readAll(server));
            client.getOutputStream().write(question);
            client.shutdownOutput();
            assertArrayEquals(question, asked.join());
            CompletableFuture<byte[]> answered = CompletableFuture.supplyAsync(() -> readAll(client));
            server.getOutputStream().write(answer);
            server.shutdownOutput();
            assertArrayEquals(answer, answered.join());
            assertEquals(300_000, relay.toTarget().deliveredBytes());
            assertEquals(200_000, relay.toClients().deliveredBytes());
            assertEquals(0, relay.toTarget().heldBytes());
        }
    }

    @Test
    void transferTakesAtLeastServiceTimeAndDelay() throws IOException {
        Impairment impairment = Impairment.builder()
                .rateBytesPerSecond(1_000_000)
                .delay(Duration.ofMillis(50))
                .queueBytes(32_768)
                .build();
        try (TcpRelay relay = relay(impairment);
                Socket client = connect(relay);
                Socket server = target.accept()) {
            CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> readAll(server));
            long beginNanos = System.nanoTime();
            client.getOutputStream().write(new byte[400_000]);
            client.shutdownOutput();
            assertEquals(400_000, received.join().length);
            double tookMillis = (System.nanoTime() - beginNanos) / 1e6;
            assertTrue(tookMillis >= 450, () -> "took " + tookMillis + " ms");
        }
    }

    @Test
    void holdsNoMoreThanItsLimitWhenTheTargetDoesNotRead() throws IOException {
        int limit = 200_000;
        try (TcpRelay relay = TcpRelay.builder(group, (InetSocketAddress) target.getLocalSocketAddress())
                        .maxHeldBytes(limit)
                        .start();
                Socket client = connect(relay);
                Socket server = target.accept()) {
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(client, 20_000_000));
            long peak = 0;
            for (int i = 0; i < 50; i++) {
                group.schedule(() -> {}, 10, TimeUnit.MILLISECONDS).syncUninterruptibly();
                peak = Math.max(peak, relay.toTarget().heldBytes());
            }
            long held = peak;
            assertTrue(held >= limit && held < limit + 16_384 * 16, () -> "held " + held);
            assertTrue(!writing.isDone(), "the sender is pushed back");
            server.setReceiveBufferSize(1 << 20);
            byte[] buffer = new byte[1 << 16];
            long total = 0;
            while (total < 20_000_000) {
                total += server.getInputStream().read(buffer);
            }
            writing.join();
            assertEquals(20_000_000, total);
        }
    }

    @Test
    void anOutageOnlyDelays() throws IOException {
        Impairment impairment = Impairment.builder()
                .flap(Flap.once(Duration.ZERO, Duration.ofMillis(300)))
                .build();
        long beginNanos = System.nanoTime();
        try (TcpRelay relay = relay(impairment);
                Socket client = connect(relay);
                Socket server = target.accept()) {
            client.getOutputStream().write(7);
            assertEquals(7, server.getInputStream().read());
            double tookMillis = (System.nanoTime() - beginNanos) / 1e6;
            assertTrue(tookMillis >= 300, () -> "took " + tookMillis + " ms");
        }
    }

    @Test
    void resettingBreaksBothSidesAndNewConnectionsWork() throws IOException {
        try (TcpRelay relay = relay(Impairment.none())) {
            try (Socket client = connect(relay);
                    Socket server = target.accept()) {
                client.getOutputStream().write(1);
                assertEquals(1, server.getInputStream().read());
                relay.resetAll();
                assertThrows(
                        SocketException.class, () -> client.getInputStream().read());
                assertThrows(
                        SocketException.class, () -> server.getInputStream().read());
            }
            try (Socket client = connect(relay);
                    Socket server = target.accept()) {
                client.getOutputStream().write(2);
                assertEquals(2, server.getInputStream().read());
            }
        }
    }

    @Test
    void aTargetThatRefusesResetsTheClient() throws IOException {
        target.close();
        try (TcpRelay relay = relay(Impairment.none());
                Socket client = connect(relay)) {
            assertThrows(SocketException.class, () -> client.getInputStream().read());
        }
    }

    private TcpRelay relay(Impairment toTarget) {
        return TcpRelay.builder(group, (InetSocketAddress) target.getLocalSocketAddress())
                .toTarget(toTarget)
                .start();
    }

    private static Socket connect(TcpRelay relay) throws IOException {
        Socket socket = new Socket();
        socket.connect(relay.address());
        return socket;
    }

    private static byte[] readAll(Socket socket) {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Socket socket, int length) {
        try {
            socket.getOutputStream().write(new byte[length]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
