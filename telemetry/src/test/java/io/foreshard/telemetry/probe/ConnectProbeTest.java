package io.foreshard.telemetry.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.PathSample;
import io.foreshard.simulator.SimulatedNode;
import io.foreshard.simulator.SimulatedServerStreamChannel;
import io.foreshard.simulator.Simulation;
import io.foreshard.simulator.link.Impairment;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectProbeTest {

    private static final Duration DELAY = Duration.ofMillis(20);
    private static final Impairment CLEAN = Impairment.builder().delay(DELAY).build();

    private final Simulation simulation = new Simulation(1);
    private final SimulatedNode here = simulation.addNode("10.0.0.1", 1);
    private final SimulatedNode there = simulation.addNode("10.0.0.2", 1);
    private final InetSocketAddress server = there.address(80);
    private int open;

    private PathProbe probe() {
        simulation.connect(here, there, CLEAN);
        return PathProbe.connect(here.eventLoopGroup())
                .channelFactory(here.streamChannelFactory())
                .destination(server)
                .interval(Duration.ofMillis(100))
                .timeout(Duration.ofMillis(500))
                .random(new SplittableRandom(1))
                .start();
    }

    private void serve() {
        simulation.await(
                new ServerBootstrap()
                        .group(there.eventLoopGroup())
                        .channelFactory(SimulatedServerStreamChannel::new)
                        .childHandler(new Connections())
                        .bind(server),
                Duration.ofSeconds(1));
    }

    @Sharable
    private final class Connections extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            open++;
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            open--;
        }
    }

    @AfterEach
    void close() {
        simulation.close();
    }

    private long latency(PathProbe probe) {
        PathSample sample = probe.latest(server, simulation.nowNanos());
        assertNotNull(sample);
        return sample.latencyNanos();
    }

    @Test
    void aConnectionOpensInOneRoundTripAndIsClosedAgain() {
        serve();
        PathProbe probe = probe();
        simulation.runFor(Duration.ofSeconds(2));
        assertEquals(2.0 * DELAY.toNanos(), (double) latency(probe), 1_000_000);
        simulation.await(probe.close(), Duration.ofSeconds(1));
        simulation.runFor(Duration.ofSeconds(1));
        assertEquals(0, open);
    }

    @Test
    void aRefusalIsCountedAndNotUsed() {
        PathProbe probe = probe();
        simulation.runFor(Duration.ofSeconds(2));
        assertTrue(probe.counters().get(ProbeReason.CONNECT_REFUSED) >= 10, () -> "" + probe.counters());
        assertNull(probe.latest(server, simulation.nowNanos()));
    }

    @Test
    void silenceIsALoss() {
        serve();
        PathProbe probe = probe();
        simulation.runFor(Duration.ofSeconds(1));
        simulation.disconnect(here, there);
        simulation.runFor(Duration.ofSeconds(2));
        assertTrue(probe.counters().get(ProbeReason.PROBE_LOST) >= 10, () -> "" + probe.counters());
        assertNull(probe.latest(server, simulation.nowNanos()));
    }
}
