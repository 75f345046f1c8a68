package io.foreshard.telemetry.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HopProbeTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void aHostWithNothingOnThePortIsTheLastHop(String host) throws Exception {
        assumeTrue(Epoll.isAvailable(), "skipped: epoll is not there");
        InetAddress address = InetAddress.getByName(host);
        assumeTrue(NetworkInterface.getByInetAddress(address) != null, () -> "skipped: no interface has " + address);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try {
            assertLastHop(group, new InetSocketAddress(address, 33_434));
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void aReflectorIsTheLastHopToo() throws Exception {
        assumeTrue(Epoll.isAvailable(), "skipped: epoll is not there");
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try {
            InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            Future<StampReflector> reflector =
                    StampReflector.builder().bind(group, any).sync();
            assertLastHop(group, reflector.getNow().localAddress());
            assertTrue(reflector.getNow().answered() >= 1);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private static void assertLastHop(EventLoopGroup group, InetSocketAddress target) throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(2);
        HopProbe probe = PathProbe.hops(group)
                .destination(target)
                .interval(Duration.ofMillis(50))
                .listener((destination, roundTripNanos, nowNanos) -> reached.countDown())
                .start();
        assertTrue(reached.await(20, TimeUnit.SECONDS), () -> probe.counters() + " " + probe.unavailable());
        HopReport report = probe.hops(target);
        assertNotNull(report);
        assertTrue(report.reached());
        assertEquals(1, report.hops().size());
        assertTrue(report.hops().get(0).roundTripNanos() > 0);
        probe.close().sync();
    }

    @Test
    void onNioItSaysWhyNot() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            InetSocketAddress target = new InetSocketAddress(InetAddress.getLoopbackAddress(), 33_434);
            HopProbe probe = PathProbe.hops(group).destination(target).start();
            group.submit(() -> {}).sync();
            String why = probe.unavailable();
            assertNotNull(why);
            assertTrue(why.contains("epoll"), why);
            assertNull(probe.hops(target));
            assertEquals(1, probe.counters().get(ProbeReason.PROBE_UNAVAILABLE));
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }
}
