package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshard.reassembler.MessageInfo;
import io.foreshard.simulator.CountingAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Real TCP over the loopback interface. */
class StreamSocketsTest {

    private static final int MESSAGE_BYTES = 8 << 20;
    private static final int MESSAGES = 4;

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    private static final class Checking implements SessionListener {

        private final byte[] expected;
        private final AtomicInteger right = new AtomicInteger();
        private final AtomicInteger wrong = new AtomicInteger();

        Checking(byte[] expected) {
            this.expected = expected;
        }

        @Override
        public void onMessage(ShardSession session, MessageInfo info, ByteBuf message) {
            boolean same = Arrays.equals(expected, ByteBufUtil.getBytes(message));
            (same ? right : wrong).incrementAndGet();
            message.release();
        }
    }

    private static void deliver(IoHandlerFactory io, int connections) throws Exception {
        TestLog.drain();
        CountingAllocator allocator = new CountingAllocator();
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(2, io);
        byte[] content = SimulatedPair.bytes(connections, MESSAGE_BYTES);
        Checking atServer = new Checking(content);
        try {
            ShardEndpoint server = bind(group, allocator, connections, atServer);
            ShardEndpoint client = bind(group, allocator, connections, new Checking(content));
            ShardSession session = get(client.connect(server.localAddress()));
            List<Future<Void>> sent = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                ByteBuf message = allocator.buffer(MESSAGE_BYTES).writeBytes(content);
                sent.add(session.send(message, MessageOptions.reliable()));
            }
            for (Future<Void> each : sent) {
                get(each);
            }
            assertEquals(MESSAGES, atServer.right.get());
            assertEquals(0, atServer.wrong.get());
            get(client.close());
            get(server.close());
            assertTrue(client.counters().getOrDefault(TransportReason.CONNECTION_LOST, 0L) == 0);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
        }
        allocator.assertAllReleased();
        assertEquals(List.of(), TestLog.drain());
    }

    private static ShardEndpoint bind(
            MultiThreadIoEventLoopGroup group, CountingAllocator allocator, int connections, SessionListener listener)
            throws Exception {
        return get(ShardEndpoint.builder(group)
                .streams(connections)
                .localAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .allocator(allocator)
                .loops(2)
                .listener(listener)
                .bind());
    }

    @Test
    void oneConnectionOverNio() throws Exception {
        deliver(NioIoHandler.newFactory(), 1);
    }

    @Test
    void fourConnectionsOverNio() throws Exception {
        deliver(NioIoHandler.newFactory(), 4);
    }

    @Test
    void oneConnectionOverEpoll() throws Exception {
        assumeTrue(Epoll.isAvailable(), () -> "epoll is not available here: " + Epoll.unavailabilityCause());
        deliver(EpollIoHandler.newFactory(), 1);
    }

    @Test
    void fourConnectionsOverEpoll() throws Exception {
        assumeTrue(Epoll.isAvailable(), () -> "epoll is not available here: " + Epoll.unavailabilityCause());
        deliver(EpollIoHandler.newFactory(), 4);
    }
}
