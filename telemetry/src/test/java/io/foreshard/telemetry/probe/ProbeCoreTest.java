package io.foreshard.telemetry.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.PathSample;
import io.foreshard.simulator.Simulation;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProbeCoreTest {

    @Test
    void anotherPortOfAHostIsKnownForAsLongAsAnyPathToItIsOpen() {
        try (Simulation simulation = new Simulation(1)) {
            EventLoopGroup group = simulation.addNode("10.0.0.1", 1).eventLoopGroup();
            ProbeCore core = new ProbeCore(group.next(), PathProbe.tcpInfo(group), false);
            InetSocketAddress asked = new InetSocketAddress("10.0.0.2", 80);
            ProbedPath first = open(core, 5001);
            ProbedPath second = open(core, 5002);
            core.answered(first, 1_000_000, 0);
            core.answered(second, 2_000_000, 0);
            assertEquals(1_000_000, latency(core, asked));
            core.forget(first);
            assertEquals(2_000_000, latency(core, asked));
            core.forget(second);
            assertNull(core.latest(asked, 0));
            core.answered(open(core, 5003), 3_000_000, 0);
            assertEquals(3_000_000, latency(core, asked));
        }
    }

    private static ProbedPath open(ProbeCore core, int port) {
        InetSocketAddress remote = new InetSocketAddress("10.0.0.2", port);
        return core.open(remote, remote);
    }

    private static long latency(ProbeCore core, InetSocketAddress asked) {
        PathSample sample = core.latest(asked, 0);
        assertNotNull(sample);
        return sample.latencyNanos();
    }

    @Test
    void aSocketThatCannotBeMadeIsCountedOnTheProbesOwnLoop() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        EventLoop loop = group.next();
        CompletableFuture<Boolean> onLoop = new CompletableFuture<>();
        try {
            PathProbe probe = PathProbe.connect(group)
                    .channelFactory(() -> {
                        throw new ChannelException("too many open files");
                    })
                    .destination(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9))
                    .interval(Duration.ofMillis(10))
                    .observer((reason, amount) -> onLoop.complete(loop.inEventLoop()))
                    .start();
            assertTrue(onLoop.get(10, TimeUnit.SECONDS));
            assertTrue(probe.counters().get(ProbeReason.PROBE_NOT_SENT) > 0);
            probe.close().sync();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }
}
