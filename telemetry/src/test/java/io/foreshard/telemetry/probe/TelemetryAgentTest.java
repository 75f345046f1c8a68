package io.foreshard.telemetry.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.PathSample;
import io.foreshard.simulator.SimulatedNode;
import io.foreshard.simulator.SimulatedServerStreamChannel;
import io.foreshard.simulator.Simulation;
import io.foreshard.simulator.link.Impairment;
import io.foreshard.telemetry.PathProfile;
import io.foreshard.telemetry.PathProfiles;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelemetryAgentTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration DELAY = Duration.ofMillis(20);
    private static final double ROUND_TRIP_NANOS = 2.0 * DELAY.toNanos();

    private final Simulation simulation = new Simulation(1);
    private final SimulatedNode here = simulation.addNode("10.0.0.1", 2);
    private final SimulatedNode there = simulation.addNode("10.0.0.2", 1);
    private final InetSocketAddress server = there.address(4000);

    TelemetryAgentTest() {
        simulation.connect(here, there, Impairment.builder().delay(DELAY).build());
    }

    @AfterEach
    void close() {
        simulation.close();
    }

    private TelemetryAgentBuilder agent(SimulatedNode node) {
        return TelemetryAgent.builder(node.eventLoopGroup())
                .datagramChannelFactory(node.datagramChannelFactory())
                .streamChannelFactory(node.streamChannelFactory())
                .localAddress(node.address())
                .interval(Duration.ofMillis(100))
                .timeout(Duration.ofMillis(500))
                .random(new SplittableRandom(1));
    }

    private <T> T await(Future<T> future) {
        T result = simulation.await(future, LIMIT);
        assertNotNull(result);
        return result;
    }

    private PathSample known(TelemetryAgent agent) {
        PathSample sample = agent.latest(server, simulation.nowNanos());
        assertNotNull(sample, () -> "" + agent.counters());
        return sample;
    }

    private void serve() {
        simulation.await(
                new ServerBootstrap()
                        .group(there.eventLoopGroup())
                        .channelFactory(SimulatedServerStreamChannel::new)
                        .childHandler(new ChannelInboundHandlerAdapter())
                        .bind(server),
                LIMIT);
    }

    @Test
    void oneAgentProbesWhatTheOtherReflects() {
        TelemetryAgent reflecting =
                await(agent(there).reflectAt(there.address(862)).start());
        assertEquals(there.address(862), reflecting.reflectorAddress());
        TelemetryAgent probing = await(agent(here).destination(server).start());
        simulation.runFor(Duration.ofSeconds(3));
        assertEquals(ROUND_TRIP_NANOS, (double) known(probing).latencyNanos(), 1_000);
        assertEquals(0, known(probing).lossRatio());
        assertNotNull(probing.profile(server, simulation.nowNanos()));
        assertNull(probing.latest(there.address(4000), simulation.nowNanos() + 400_000_000L));
        simulation.await(probing.close(), LIMIT);
        simulation.await(reflecting.close(), LIMIT);
        long lost = probing.counters().get(ProbeReason.PROBE_LOST);
        simulation.runFor(Duration.ofSeconds(3));
        assertEquals(lost, probing.counters().get(ProbeReason.PROBE_LOST));
    }

    @Test
    void profilesThatOthersFeedLearnFromTheAgentToo() {
        PathProfiles profiles = PathProfiles.builder().build();
        List<InetSocketAddress> heard = new ArrayList<>();
        TelemetryAgent reflecting =
                await(agent(there).reflectAt(there.address(862)).start());
        TelemetryAgent probing = await(agent(here)
                .destination(server)
                .profiles(profiles)
                .listener((destination, roundTripNanos, nowNanos) -> heard.add(destination))
                .start());
        simulation.runFor(Duration.ofSeconds(2));
        PathProfile profile = profiles.profile(server, simulation.nowNanos());
        assertNotNull(profile);
        assertEquals(ROUND_TRIP_NANOS, (double) profile.p50Nanos(), 1_000);
        assertTrue(heard.size() >= 15, () -> "heard " + heard.size());
        simulation.await(probing.close(), LIMIT);
        simulation.await(reflecting.close(), LIMIT);
    }

    @Test
    void whenTheReflectorDiesTheConnectProbeTakesOver() {
        serve();
        TelemetryAgent reflecting =
                await(agent(there).reflectAt(there.address(862)).start());
        TelemetryAgent probing = await(agent(here)
                .destination(server)
                .probes(ProbeKind.STAMP, ProbeKind.TCP_CONNECT)
                .start());
        simulation.runFor(Duration.ofSeconds(3));
        simulation.await(reflecting.close(), LIMIT);
        simulation.runFor(Duration.ofSeconds(3));
        assertTrue(probing.counters().get(ProbeReason.PROBE_LOST) >= 10);
        assertEquals(ROUND_TRIP_NANOS, (double) known(probing).latencyNanos(), 1_000_000);
        simulation.await(probing.close(), LIMIT);
    }

    @Test
    void whatCannotRunIsNamedWithItsReasonAndTheRestRuns() {
        TelemetryAgent reflecting =
                await(agent(there).reflectAt(there.address(862)).start());
        TelemetryAgent probing = await(agent(here)
                .destination(server)
                .probes(ProbeKind.STAMP, ProbeKind.HOPS, ProbeKind.TCP_INFO)
                .echo(task -> {
                    throw new IllegalStateException("no thread");
                })
                .start());
        simulation.runFor(Duration.ofSeconds(1));
        assertEquals(
                Map.of(ProbeKind.ECHO, true, ProbeKind.HOPS, true).keySet(),
                probing.unavailable().keySet());
        assertFalse(probing.watch(new EmbeddedChannel()));
        assertNull(probing.hops(server));
        assertNotNull(probing.latest(server, simulation.nowNanos()));
        simulation.await(probing.close(), LIMIT);
        simulation.await(reflecting.close(), LIMIT);
    }

    @Test
    void anAgentThatCannotBindFailsAndLeavesNothingOpen() throws Exception {
        InetAddress foreign = InetAddress.getByName("10.9.9.9");
        Future<TelemetryAgent> failing = agent(here)
                .reflectAt(here.address(862))
                .localAddress(foreign)
                .destination(server)
                .start();
        assertThrows(CompletionException.class, () -> simulation.await(failing, LIMIT));
        simulation.runFor(Duration.ofSeconds(1));
        TelemetryAgent second = await(agent(here).reflectAt(here.address(862)).start());
        simulation.await(second.close(), LIMIT);
    }

    @Test
    void mistakesAreNamedAtTheEdge() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("example.invalid", 1);
        assertThrows(IllegalArgumentException.class, () -> agent(here).destination(unresolved));
        assertThrows(IllegalArgumentException.class, () -> agent(here).probes(ProbeKind.ECHO));
        assertThrows(IllegalArgumentException.class, () -> agent(here).interval(Duration.ofMillis(1)));
        assertThrows(IllegalArgumentException.class, () -> agent(here).reflectorPort(0));
        TelemetryAgentBuilder impatient =
                agent(here).destination(server).interval(Duration.ofMillis(10)).timeout(Duration.ofSeconds(1));
        assertThrows(IllegalArgumentException.class, impatient::start);
        TelemetryAgentBuilder full = agent(here);
        for (int port = 1; port <= ProbeBuilder.MAX_DESTINATIONS; port++) {
            full.destination(there.address(port));
        }
        assertThrows(IllegalArgumentException.class, () -> full.destination(there.address(101)));
        assertThrows(
                IllegalArgumentException.class,
                () -> PathProbe.stamp(here.eventLoopGroup()).paddingBytes(3));
        assertThrows(
                IllegalArgumentException.class,
                () -> PathProbe.connect(here.eventLoopGroup()).start());
    }
}
