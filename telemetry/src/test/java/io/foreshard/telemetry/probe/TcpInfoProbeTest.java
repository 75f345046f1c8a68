package io.foreshard.telemetry.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshard.coreapi.PathSample;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpInfoProbeTest {

    private EventLoopGroup group;

    @BeforeEach
    void open() {
        assumeTrue(Epoll.isAvailable(), "skipped: epoll is not there");
        group = new MultiThreadIoEventLoopGroup(2, EpollIoHandler.newFactory());
    }

    @AfterEach
    void close() throws InterruptedException {
        if (group != null) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    /** Sends back what comes, so that there is always something to acknowledge. */
    @Sharable
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.writeAndFlush(message);
        }
    }

    private Channel connected() throws InterruptedException {
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(EpollServerSocketChannel.class)
                .childHandler(new Echo())
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
        Channel client = new Bootstrap()
                .group(group)
                .channel(EpollSocketChannel.class)
                .handler(new Echo())
                .connect(server.localAddress())
                .sync()
                .channel();
        client.writeAndFlush(Unpooled.buffer(1).writeByte(1)).sync();
        return client;
    }

    @Test
    void theKernelsRoundTripOfABusyConnectionIsReadAndForgottenOnceItIsClosed() throws Exception {
        Channel client = connected();
        CountDownLatch seen = new CountDownLatch(5);
        AtomicLong seenNanos = new AtomicLong();
        TcpInfoProbe probe = PathProbe.tcpInfo(group)
                .interval(Duration.ofMillis(20))
                .listener((destination, roundTripNanos, nowNanos) -> {
                    seenNanos.set(nowNanos);
                    seen.countDown();
                })
                .start();
        assertTrue(probe.watch(client));
        assertTrue(seen.await(20, TimeUnit.SECONDS));
        PathSample sample = probe.latest(client.remoteAddress(), seenNanos.get());
        assertNotNull(sample);
        assertTrue(sample.latencyNanos() > 0, sample::toString);
        assertTrue(Double.isNaN(sample.lossRatio()), sample::toString);
        TcpPathInfo info = probe.newest(client.remoteAddress());
        assertNotNull(info);
        assertTrue(info.roundTripNanos() > 0 && info.variationNanos() >= 0, info::toString);
        client.close().sync();
        // Behind the task by which the probe hears of the end, on either loop.
        probe.close().sync();
        for (var loop : group) {
            loop.submit(() -> {}).sync();
        }
        for (var loop : group) {
            loop.submit(() -> {}).sync();
        }
        assertNull(probe.newest(client.remoteAddress()));
        assertNull(probe.latest(client.remoteAddress(), seenNanos.get()));
    }

    @Test
    void channelsThatTheKernelTellsNothingOfAreRefusedAndSoIsOneTooMany() throws Exception {
        TcpInfoProbe probe = PathProbe.tcpInfo(group).maxChannels(1).start();
        assertFalse(probe.watch(new EmbeddedChannel()));
        assertFalse(probe.watch(new EpollSocketChannel()));
        Channel client = connected();
        assertTrue(probe.watch(client));
        assertFalse(probe.watch(client));
        probe.close().sync();
        assertFalse(probe.watch(client));
        for (var loop : group) {
            loop.submit(() -> {}).sync();
        }
        assertEquals(4, probe.counters().get(ProbeReason.PROBE_UNAVAILABLE));
    }
}
