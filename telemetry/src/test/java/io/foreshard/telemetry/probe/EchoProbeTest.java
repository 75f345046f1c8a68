package io.foreshard.telemetry.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshard.coreapi.PathSample;
import io.foreshard.simulator.SimulatedNode;
import io.foreshard.simulator.Simulation;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EchoProbeTest {

    private static final InetSocketAddress HOST = new InetSocketAddress(InetAddress.getLoopbackAddress(), 7);

    private final Simulation simulation = new Simulation(1);
    private final SimulatedNode node = simulation.addNode("10.0.0.1", 1);

    private EchoProbe probe(Executor executor, EchoProbe.Echo echo) {
        EchoProbeBuilder builder = PathProbe.echo(node.eventLoopGroup(), executor)
                .destination(HOST)
                .interval(Duration.ofMillis(100))
                .random(new SplittableRandom(1));
        return new EchoProbe(builder.core(true), executor, echo);
    }

    @Test
    void answersAndLossesAreTakenFromTheExecutor() {
        int[] asked = {0};
        EchoProbe probe = probe(Runnable::run, (host, timeout) -> asked[0]++ % 2 == 0);
        simulation.await(probe.start(() -> null), Duration.ofSeconds(1));
        simulation.runFor(Duration.ofSeconds(4));
        PathSample sample = probe.latest(HOST, simulation.nowNanos());
        assertNotNull(sample);
        assertEquals(0.5, sample.lossRatio(), 0.05);
        assertNull(probe.unavailable());
    }

    @Test
    void aFailureToSendIsNoLoss() {
        EchoProbe probe = probe(Runnable::run, (host, timeout) -> {
            throw new IOException("no route");
        });
        simulation.await(probe.start(() -> null), Duration.ofSeconds(1));
        simulation.runFor(Duration.ofSeconds(2));
        assertTrue(probe.counters().get(ProbeReason.PROBE_NOT_SENT) >= 10);
        assertEquals(0, probe.counters().get(ProbeReason.PROBE_LOST));
    }

    @Test
    void aProbeThatStillRunsIsNotStartedAgain() {
        Runnable[] first = {null};
        EchoProbe probe = probe(
                task -> {
                    if (first[0] == null) {
                        first[0] = task;
                        task.run();
                    }
                },
                (host, timeout) -> true);
        simulation.await(probe.start(() -> null), Duration.ofSeconds(1));
        simulation.runFor(Duration.ofSeconds(2));
        assertTrue(probe.counters().get(ProbeReason.ECHO_NOT_RUN) >= 10);
        assertNull(probe.latest(HOST, simulation.nowNanos()));
    }

    @Test
    void anExecutorThatRefusesMakesItUnavailable() {
        Executor full = task -> {
            throw new RejectedExecutionException("full");
        };
        EchoProbe probe = probe(full, (host, timeout) -> true);
        simulation.await(probe.start(() -> null), Duration.ofSeconds(1));
        assertNotNull(probe.unavailable());
        assertEquals(1, probe.counters().get(ProbeReason.PROBE_UNAVAILABLE));
    }

    @Test
    void withoutThePermissionItSaysSoAndAsksNobody() {
        EchoProbe probe = probe(Runnable::run, (host, timeout) -> {
            throw new IllegalStateException("asked");
        });
        simulation.await(probe.start(() -> "not permitted"), Duration.ofSeconds(1));
        simulation.runFor(Duration.ofSeconds(1));
        assertEquals("not permitted", probe.unavailable());
        assertEquals(0, probe.counters().get(ProbeReason.PROBE_NOT_SENT));
    }

    @Test
    void thePermissionIsTheCapabilityForRawSockets() {
        assertNull(EchoPermission.missing(List.of("Name:\tjava", "CapEff:\t000001ffffffffff")));
        assertNull(EchoPermission.missing(List.of("CapEff:\t0000000000002000")));
        assertNotNull(EchoPermission.missing(List.of("CapPrm:\t0000000000002000", "CapEff:\t0000000000001fff")));
        assertNotNull(EchoPermission.missing(List.of("CapEff:\tnonsense")));
        assertNotNull(EchoPermission.missing(List.of()));
    }

    @Test
    void thisMachineAnswersItselfWhereIcmpIsPermitted() throws Exception {
        String missing = EchoPermission.missing();
        assumeTrue(missing == null, () -> "skipped: " + missing);
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        ExecutorService executor = Executors.newSingleThreadExecutor();
        CountDownLatch answers = new CountDownLatch(3);
        AtomicLong shortest = new AtomicLong(Long.MAX_VALUE);
        try {
            PathProbe probe = PathProbe.echo(group, executor)
                    .destination(HOST)
                    .interval(Duration.ofMillis(20))
                    .listener((destination, roundTripNanos, nowNanos) -> {
                        shortest.accumulateAndGet(roundTripNanos, Math::min);
                        answers.countDown();
                    })
                    .start()
                    .sync()
                    .getNow();
            assertTrue(answers.await(20, TimeUnit.SECONDS), () -> "" + probe.counters());
            assertTrue(shortest.get() > 0);
            probe.close().sync();
        } finally {
            executor.shutdown();
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }
}
