package io.foreshard.flowsharder.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.names.FakeNames;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Names of targets are looked up at the egress, and what they stand for is judged, not they. */
class TargetNamesTest {

    private static final int PORT = 1090;

    private final FakeNames names = new FakeNames()
            .answer("origin", promise -> promise.setSuccess(new InetSocketAddress("10.0.0.4", 80)))
            .answer("stranger", promise -> promise.setFailure(new UnknownHostException()))
            .answer("busy", promise -> promise.setFailure(new RejectedExecutionException()))
            .answer("broken", promise -> {
                throw new IllegalStateException("a resolver that throws");
            });

    private EdgeRig rig(Predicate<InetSocketAddress> allowed) {
        return new EdgeRig(
                1,
                1,
                1,
                ingress -> ingress,
                egress -> egress.resolver(names).allowedTargets(allowed).connectTimeout(Duration.ofSeconds(5)));
    }

    private static Peer connect(EdgeRig rig, String target) {
        rig.await(rig.ingress.forward(rig.near.address(PORT), target));
        return rig.connect(PORT);
    }

    private void assertRefused(String target, FlowSharderReason reason) {
        assertRefused(target, address -> true, reason);
    }

    private void assertRefused(String target, Predicate<InetSocketAddress> allowed, FlowSharderReason reason) {
        try (EdgeRig rig = rig(allowed)) {
            Peer client = connect(rig, target);
            rig.until(() -> client.gone, "still waits");
            assertTrue(client.reset, "a reset, not an end");
            assertEquals(1, rig.count(reason));
            assertEquals(0, rig.served.size());
        }
    }

    @Test
    void whatANameStandsForIsJudged() {
        List<InetSocketAddress> judged = new ArrayList<>();
        try (EdgeRig rig = rig(address -> judged.add(address))) {
            Peer client = connect(rig, "origin:80");
            client.stream(1, 100_000);
            rig.until(() -> !rig.served.isEmpty() && rig.served.get(0).ended, "nothing came to the origin");
            assertEquals(100_000, rig.served.get(0).receivedBytes);
            assertEquals("10.0.0.4:80", HostAndPort.format(judged.get(0)));
        }
    }

    @Test
    void aNameWithoutAnAddressIsRefused() {
        assertRefused("stranger:80", FlowSharderReason.TARGET_REFUSED);
    }

    @Test
    void tooManyLookUpsAreCountedAsSuch() {
        assertRefused("busy:80", FlowSharderReason.TOO_MANY_LOOKUPS);
    }

    @Test
    void whatTheApplicationThrowsRefusesTheFlow() {
        assertRefused("broken:80", FlowSharderReason.BROKEN_POLICY);
        assertRefused(
                "origin:80",
                address -> {
                    throw new IllegalStateException("a check that throws");
                },
                FlowSharderReason.BROKEN_POLICY);
    }

    @Test
    void aLookUpTakesNoLongerThanConnectingMay() {
        assertRefused("silent:80", FlowSharderReason.TARGET_REFUSED);
        assertTrue(names.waiting.get(0).isCancelled(), "nobody waits for it any more");
    }

    @Test
    void aLookUpForNobodyIsGivenUp() {
        try (EdgeRig rig = rig(address -> true)) {
            Peer client = connect(rig, "silent:80");
            rig.until(() -> !names.waiting.isEmpty(), "nobody asked");
            client.reset();
            rig.simulation.runFor(Duration.ofSeconds(1));
            assertTrue(names.waiting.get(0).isCancelled());
        }
    }
}
