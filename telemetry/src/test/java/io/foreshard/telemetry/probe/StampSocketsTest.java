package io.foreshard.telemetry.probe;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.PathSample;
import io.foreshard.simulator.link.Impairment;
import io.foreshard.simulator.relay.UdpRelay;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real sockets on the loopback interface. */
class StampSocketsTest {

    private static final Duration DELAY = Duration.ofMillis(5);
    /** A relay keeps to its delays to about this. */
    private static final Duration RELAY_TICK = Duration.ofMillis(1);

    static Stream<IoHandlerFactory> handlers() {
        return Stream.of(NioIoHandler.newFactory(), EpollIoHandler.newFactory());
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void theRoundTripOverARelayIsNotBelowItsDelay(IoHandlerFactory handler) throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, handler);
        EventLoopGroup relays = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        StampReflector reflector =
                StampReflector.builder().bind(group, any).sync().getNow();
        Impairment slow = Impairment.builder().delay(DELAY).build();
        try (UdpRelay relay = UdpRelay.builder(relays, reflector.localAddress())
                .toTarget(slow)
                .toClients(slow)
                .start()) {
            CountDownLatch answers = new CountDownLatch(10);
            AtomicLong answeredNanos = new AtomicLong();
            StampSender sender = PathProbe.stamp(group)
                    .destination(relay.address())
                    .interval(Duration.ofMillis(20))
                    .timeout(Duration.ofMillis(600))
                    .listener((destination, roundTripNanos, nowNanos) -> {
                        answeredNanos.set(nowNanos);
                        answers.countDown();
                    })
                    .start()
                    .sync()
                    .getNow();
            assertTrue(sender.localAddress().getPort() >= 49_152);
            assertTrue(answers.await(20, TimeUnit.SECONDS));
            PathSample sample = sender.latest(relay.address(), answeredNanos.get());
            assertNotNull(sample);
            long shortest = DELAY.minus(RELAY_TICK).multipliedBy(2).toNanos();
            assertTrue(sample.latencyNanos() >= shortest, sample::toString);
            assertTrue(reflector.answered() >= 10);
            sender.close().sync();
        } finally {
            reflector.close().sync();
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
            relays.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void aSenderThatCannotBindFails() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            InetSocketAddress target = new InetSocketAddress(InetAddress.getLoopbackAddress(), 862);
            boolean bound = PathProbe.stamp(group)
                    .destination(target)
                    .localAddress(InetAddress.getByName("192.0.2.1"))
                    .start()
                    .await()
                    .isSuccess();
            assertFalse(bound);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }
}
