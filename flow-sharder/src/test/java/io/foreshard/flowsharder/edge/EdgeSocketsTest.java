package io.foreshard.flowsharder.edge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only real sockets show: ingress and egress in one process, without a relay. */
class EdgeSocketsTest {

    private static final byte[] SECRET = "the secret of both edges".getBytes(StandardCharsets.US_ASCII);
    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
    private static final int BYTES = 4 << 20;
    private static final int LITTLE = 4 << 10;
    private static final int TIMEOUT_MILLIS = 30_000;

    private final byte[] content = new byte[BYTES];
    private final ExecutorService other = Executors.newSingleThreadExecutor();

    EdgeSocketsTest() {
        new Random(6).nextBytes(content);
    }

    @AfterEach
    void stop() {
        other.shutdownNow();
    }

    @Test
    void anEndBehindMuchArrivesOverEpoll() throws Exception {
        assumeTrue(Epoll.isAvailable(), "no epoll here");
        anEndBehindMuchArrives(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()));
    }

    @Test
    void anEndBehindMuchArrivesOverNio() throws Exception {
        anEndBehindMuchArrives(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()));
    }

    @Test
    void whoEndsFirstMayReadSlowlyOverEpoll() throws Exception {
        assumeTrue(Epoll.isAvailable(), "no epoll here");
        whoEndsFirstMayReadSlowly(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()));
    }

    @Test
    void whoEndsFirstMayReadSlowlyOverNio() throws Exception {
        whoEndsFirstMayReadSlowly(new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()));
    }

    /** The server's end comes while most of what it sent still waits, and its client goes on. */
    private void anEndBehindMuchArrives(EventLoopGroup group) throws Exception {
        run(group, (client, server) -> {
            Future<byte[]> late = other.submit(() -> {
                send(server, content);
                return server.getInputStream().readAllBytes();
            });
            assertArrayEquals(content, client.getInputStream().readAllBytes());
            send(client, new byte[] {1, 2, 3});
            assertArrayEquals(new byte[] {1, 2, 3}, late.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS));
        });
    }

    /** Its socket is full again and again, after its own direction has ended. */
    private void whoEndsFirstMayReadSlowly(EventLoopGroup group) throws Exception {
        run(group, (client, server) -> {
            send(client, new byte[] {1});
            assertEquals(1, server.getInputStream().readAllBytes().length);
            Future<Void> sent = other.submit((Callable<Void>) () -> {
                send(server, content);
                return null;
            });
            InputStream in = client.getInputStream();
            byte[] got = new byte[BYTES];
            for (int at = 0; at < BYTES; at += LITTLE) {
                assertEquals(LITTLE, in.readNBytes(got, at, LITTLE));
            }
            assertEquals(-1, in.read());
            sent.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            assertArrayEquals(content, got);
        });
    }

    private static void send(Socket socket, byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        socket.shutdownOutput();
    }

    private interface Talk {
        void between(Socket client, Socket server) throws Exception;
    }

    private static void run(EventLoopGroup group, Talk talk) throws Exception {
        InetSocketAddress any = new InetSocketAddress(LOCAL, 0);
        try (ServerSocket origin = new ServerSocket(0, 1, LOCAL);
                Egress egress = Egress.builder(group, SECRET)
                        .localAddress(any)
                        .start()
                        .sync()
                        .getNow();
                Ingress ingress =
                        Ingress.builder(group, egress.localAddress(), SECRET).start()) {
            var listener = ingress.forward(any, "127.0.0.1:" + origin.getLocalPort())
                    .sync()
                    .getNow();
            try (Socket client = new Socket()) {
                client.setReceiveBufferSize(LITTLE);
                client.connect(listener.localAddress());
                client.setSoTimeout(TIMEOUT_MILLIS);
                try (Socket server = origin.accept()) {
                    server.setSoTimeout(TIMEOUT_MILLIS);
                    talk.between(client, server);
                }
            }
            listener.close().sync();
        } finally {
            assertTrue(group.shutdownGracefully(0, 5, TimeUnit.SECONDS).await(TIMEOUT_MILLIS));
        }
    }
}
