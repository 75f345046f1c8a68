package io.foreshard.flowsharder.relay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshard.simulator.CountingAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.IoHandlerFactory;
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
import java.net.SocketException;
import java.security.DigestInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same with sockets of the system, in each way that a relay can move bytes. */
@Timeout(60)
class RelaySocketsTest {

    private static final int LARGE_BYTES = 8 << 20;
    private static final long LOOK_NANOS = 100_000;
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    enum Way {
        NIO(RelayMode.COPY),
        EPOLL(RelayMode.COPY),
        SPLICE(RelayMode.SPLICE);

        private final RelayMode mode;

        Way(RelayMode mode) {
            this.mode = mode;
        }

        IoHandlerFactory handler() {
            assumeTrue(this == NIO || Epoll.isAvailable(), "no epoll here");
            return this == NIO ? NioIoHandler.newFactory() : EpollIoHandler.newFactory();
        }
    }

    /** A relay between sockets; on closing, nothing may be left. */
    private static final class Rig implements AutoCloseable {

        final CountingAllocator allocator = new CountingAllocator();
        final MultiThreadIoEventLoopGroup group;
        final ServerSocket listener;
        final ExecutorService threads = Executors.newCachedThreadPool();
        final Relay relay;

        Rig(Way way) throws IOException, InterruptedException {
            group = new MultiThreadIoEventLoopGroup(1, way.handler());
            listener = new ServerSocket(0, 1024, HERE);
            relay = Relay.builder(group, RelayRig.KEY)
                    .mode(way.mode)
                    .allocator(allocator)
                    .clock(() -> Instant.ofEpochSecond(RelayRig.NOW_SECONDS))
                    .localAddress(new InetSocketAddress(HERE, 0))
                    .start()
                    .sync()
                    .getNow();
        }

        int port() {
            InetSocketAddress address = relay.localAddress();
            return address == null ? 0 : address.getPort();
        }

        Pair route() throws IOException {
            return route(new byte[0]);
        }

        Pair route(byte[] early) throws IOException {
            Socket near = new Socket(HERE, port());
            byte[] header =
                    ByteBufUtil.getBytes(RelayRig.header(HERE.getHostAddress() + ":" + listener.getLocalPort()));
            byte[] first = Arrays.copyOf(header, header.length + early.length);
            System.arraycopy(early, 0, first, header.length, early.length);
            near.getOutputStream().write(first);
            return new Pair(near, listener.accept());
        }

        Future<?> send(Socket socket, byte[] data, boolean end) {
            return threads.submit(() -> {
                OutputStream out = socket.getOutputStream();
                out.write(data);
                if (end) {
                    socket.shutdownOutput();
                }
                return null;
            });
        }

        Future<byte[]> digestOfAll(Socket socket) {
            return threads.submit(() -> {
                DigestInputStream in = new DigestInputStream(socket.getInputStream(), RelayEnd.newDigest());
                in.transferTo(OutputStream.nullOutputStream());
                return in.getMessageDigest().digest();
            });
        }

        void await(BooleanSupplier condition) {
            while (!condition.getAsBoolean()) {
                assertFalse(Thread.interrupted(), "in time");
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }

        @Override
        public void close() throws IOException {
            relay.close().syncUninterruptibly();
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
            threads.shutdownNow();
            listener.close();
            assertEquals(0, relay.totals().open());
            allocator.assertAllReleased();
        }
    }

    private record Pair(Socket near, Socket far) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            near.close();
            far.close();
        }
    }

    private static byte[] bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] digest(byte[] data) {
        return RelayEnd.newDigest().digest(data);
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatItUses(Way way) throws Exception {
        try (Rig rig = new Rig(way)) {
            List<String> names = rig.relay.capabilities().stream()
                    .filter(RelayCapability::works)
                    .map(RelayCapability::name)
                    .toList();
            assertEquals(way == Way.SPLICE ? List.of("transport", "splice") : List.of("transport"), names);
        }
    }

    @ParameterizedTest
    @EnumSource
    void passesOnAllBytesAndBothEnds(Way way) throws Exception {
        byte[] forth = bytes(LARGE_BYTES, 1);
        byte[] back = bytes(LARGE_BYTES / 2 + 1, 2);
        try (Rig rig = new Rig(way);
                Pair pair = rig.route()) {
            Future<byte[]> arrived = rig.digestOfAll(pair.far);
            Future<byte[]> returned = rig.digestOfAll(pair.near);
            rig.send(pair.near, forth, true);
            rig.send(pair.far, back, true);
            assertArrayEquals(digest(forth), arrived.get());
            assertArrayEquals(digest(back), returned.get());
            rig.await(() -> rig.relay.totals().open() == 0);
            assertEquals(new RelayTotals(1, 0, 1, forth.length, back.length), rig.relay.totals());
            assertEquals(0, rig.relay.counters().get(RelayReason.BROKEN_LEG));
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneDirectionGoesOnAfterTheOtherHasEnded(Way way) throws Exception {
        byte[] after = bytes(LARGE_BYTES, 3);
        for (boolean nearFirst :
                IntStream.range(0, 16).mapToObj(i -> i % 2 == 0).toList()) {
            try (Rig rig = new Rig(way);
                    Pair pair = rig.route()) {
                Socket first = nearFirst ? pair.near : pair.far;
                Socket second = nearFirst ? pair.far : pair.near;
                first.shutdownOutput();
                assertEquals(-1, second.getInputStream().read());
                Future<byte[]> arrived = rig.digestOfAll(first);
                rig.send(second, after, true);
                assertArrayEquals(digest(after), arrived.get());
                rig.await(() -> rig.relay.totals().open() == 0);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aResetGoesOn(Way way) throws Exception {
        for (boolean nearFirst :
                IntStream.range(0, 16).mapToObj(i -> i % 2 == 0).toList()) {
            try (Rig rig = new Rig(way);
                    Pair pair = rig.route()) {
                Socket first = nearFirst ? pair.near : pair.far;
                Socket second = nearFirst ? pair.far : pair.near;
                first.getOutputStream().write(7);
                assertEquals(7, second.getInputStream().read());
                first.setSoLinger(true, 0);
                first.close();
                InputStream in = second.getInputStream();
                assertThrows(SocketException.class, in::read);
                rig.await(() -> rig.relay.totals().open() == 0);
                assertEquals(1, rig.relay.counters().get(RelayReason.BROKEN_LEG));
            }
        }
    }

    /** What does not fit into the sockets waits for the reader; then its end comes behind it. */
    @Tag("sockets")
    @ParameterizedTest
    @EnumSource
    void anEndWaitsForASlowReader(Way way) throws Exception {
        byte[] data = bytes(4 * LARGE_BYTES, 4);
        try (Rig rig = new Rig(way);
                Pair pair = rig.route()) {
            Future<?> sent = rig.send(pair.near, data, true);
            rig.await(() -> rig.relay.totals().bytesForth() > 0);
            pair.far.getInputStream().readNBytes(100);
            sent.cancel(false);
            DigestInputStream in = new DigestInputStream(pair.far.getInputStream(), RelayEnd.newDigest());
            assertEquals(data.length - 100, in.transferTo(OutputStream.nullOutputStream()));
            pair.far.shutdownOutput();
            assertEquals(-1, pair.near.getInputStream().read());
        }
    }

    @Tag("sockets")
    @ParameterizedTest
    @EnumSource
    void breaksOffWhileOneSideDoesNotRead(Way way) throws Exception {
        byte[] data = bytes(4 * LARGE_BYTES, 5);
        try (Rig rig = new Rig(way);
                Pair pair = rig.route()) {
            rig.send(pair.near, data, false);
            rig.await(() -> rig.relay.totals().bytesForth() > 0);
            pair.far.setSoLinger(true, 0);
            pair.far.close();
            assertThrows(SocketException.class, () -> {
                pair.near.getInputStream().read();
                pair.near.getOutputStream().write(data);
            });
            rig.await(() -> rig.relay.totals().open() == 0);
        }
    }

    @Tag("sockets")
    @ParameterizedTest
    @EnumSource
    void manyComeAndGo(Way way) throws Exception {
        try (Rig rig = new Rig(way)) {
            int count = 2000;
            for (int i = 0; i < count; i++) {
                byte[] early = bytes(i % 7 == 0 ? 100_000 : i % 5, i);
                try (Pair pair = rig.route(early)) {
                    if (i % 3 == 0) {
                        pair.near.setSoLinger(true, 0);
                    } else {
                        pair.near.shutdownOutput();
                        assertArrayEquals(early, pair.far.getInputStream().readAllBytes());
                    }
                }
            }
            rig.await(() -> rig.relay.totals().open() == 0);
            assertEquals(count, rig.relay.totals().accepted());
        }
    }

    @Tag("sockets")
    @ParameterizedTest
    @EnumSource
    void manyAtOnceKeepTheirBytesApart(Way way) throws Exception {
        int count = 100;
        byte[] data = bytes(200_000, 6);
        try (Rig rig = new Rig(way)) {
            List<Pair> pairs = new ArrayList<>();
            List<Future<byte[]>> arrived = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Pair pair = rig.route(new byte[] {(byte) i});
                pairs.add(pair);
                int number = pair.far.getInputStream().read();
                assertTrue(number == i);
                arrived.add(rig.digestOfAll(pair.far));
                rig.send(pair.near, data, true);
            }
            for (Future<byte[]> each : arrived) {
                assertArrayEquals(digest(data), each.get());
            }
            for (Pair pair : pairs) {
                pair.close();
            }
            rig.await(() -> rig.relay.totals().open() == 0);
        }
    }
}
