package io.foreshard.flowsharder.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshard.flowsharder.relay.Relay;
import io.foreshard.flowsharder.relay.RouteKey;
import io.foreshard.flowsharder.spi.Node;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By way of relays on loopback sockets, with plain blocking sockets at both ends. */
class RelayedSocketsTest {

    private static final byte[] SECRET = "the secret of both edges".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RELAY_SECRET = "the relay's own secret".getBytes(StandardCharsets.US_ASCII);
    private static final int BYTES = 12_000_000;

    /** An origin that takes all, then sends much; a client that ends first and reads slowly. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allOfADownloadArrivesAfterTheClientHasEnded(boolean epoll) throws Exception {
        assumeTrue(!epoll || Epoll.isAvailable(), "epoll: not available");
        byte[] content = new byte[BYTES];
        new SplittableRandom(5).nextBytes(content);
        try (Bed bed = new Bed(epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory())) {
            ExecutorService origin = Executors.newSingleThreadExecutor();
            try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
                origin.submit(() -> serve(listener, content));
                int port = bed.forward(listener.getLocalPort());
                try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    client.getOutputStream().write("please".getBytes(StandardCharsets.US_ASCII));
                    client.shutdownOutput();
                    assertTrue(Arrays.equals(content, readSlowly(client.getInputStream())), "other bytes came");
                }
            } finally {
                origin.shutdownNow();
            }
        }
    }

    private static Void serve(ServerSocket listener, byte[] content) throws IOException {
        try (Socket connection = listener.accept()) {
            assertEquals("please", new String(connection.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
            OutputStream out = connection.getOutputStream();
            out.write(content);
            out.flush();
        }
        return null;
    }

    /** Pauses often enough that every buffer on the way fills up again and again. */
    private static byte[] readSlowly(InputStream in) throws IOException, InterruptedException {
        byte[] got = new byte[BYTES + 1];
        int length = 0;
        for (int part = 0; part < 12; part++) {
            Thread.sleep(60);
            length += in.readNBytes(got, length, 1_000_000);
        }
        length += in.readNBytes(got, length, 1);
        return Arrays.copyOf(got, length);
    }

    @Test
    void manyConnectionsAtOnceArriveWhole() throws Exception {
        try (Bed bed = new Bed(NioIoHandler.newFactory())) {
            ExecutorService workers = Executors.newFixedThreadPool(8);
            try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                int port = bed.forward(listener.getLocalPort());
                List<java.util.concurrent.Future<Boolean>> results = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    byte[] content = new byte[1_000_000 + i];
                    new SplittableRandom(i).nextBytes(content);
                    workers.submit(() -> echo(listener));
                    results.add(workers.submit(() -> returns(port, content)));
                }
                for (java.util.concurrent.Future<Boolean> result : results) {
                    assertTrue(result.get(20, TimeUnit.SECONDS));
                }
            } finally {
                workers.shutdownNow();
            }
        }
    }

    private static Void echo(ServerSocket listener) throws IOException {
        try (Socket connection = listener.accept()) {
            connection.getInputStream().transferTo(connection.getOutputStream());
        }
        return null;
    }

    private static boolean returns(int port, byte[] content) throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread writer = new Thread(() -> {
                try {
                    client.getOutputStream().write(content);
                    client.shutdownOutput();
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
            writer.start();
            byte[] back = client.getInputStream().readAllBytes();
            writer.join();
            return Arrays.equals(content, back);
        }
    }

    /** Ingress, two relays and egress on two event loops. */
    private static final class Bed implements AutoCloseable {

        private final MultiThreadIoEventLoopGroup group;
        private final Egress egress;
        private final List<Relay> relays = new ArrayList<>();
        private final Ingress ingress;

        Bed(IoHandlerFactory handlers) throws InterruptedException {
            group = new MultiThreadIoEventLoopGroup(2, handlers);
            egress = await(Egress.builder(group, SECRET).localAddress(anyPort()).start());
            List<Node> nodes = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                relays.add(await(Relay.builder(group, new RouteKey(RELAY_SECRET))
                        .localAddress(anyPort())
                        .start()));
                nodes.add(Node.of("relay-" + i, relays.get(i).localAddress()));
            }
            ingress = Ingress.builder(group, egress.localAddress(), SECRET)
                    .relaySecret(RELAY_SECRET)
                    .nodes(nodes)
                    .start();
        }

        int forward(int port) throws InterruptedException {
            Channel bound = await(ingress.forward(anyPort(), "127.0.0.1:" + port));
            return ((InetSocketAddress) bound.localAddress()).getPort();
        }

        private static InetSocketAddress anyPort() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        }

        private static <T> T await(Future<T> future) throws InterruptedException {
            assertTrue(future.await(10, TimeUnit.SECONDS), "not done within 10 s");
            return future.getNow();
        }

        @Override
        public void close() {
            ingress.close();
            egress.close();
            relays.forEach(Relay::close);
            group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        }
    }
}
