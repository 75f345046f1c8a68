package io.foreshard.flowsharder.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.foreshard.flowsharder.placement.RendezvousPlacement;
import io.foreshard.flowsharder.placement.SteadyRebalancePolicy;
import io.foreshard.flowsharder.spi.FlowPlan;
import io.foreshard.flowsharder.spi.PlanReason;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Relays are stopped, replaced and started again one after the other, while bytes flow both ways. */
class RollingRestartTest {

    private static final long BYTES = 60_000_000;
    private static final Duration AWAY = Duration.ofMillis(300);

    private static Peer[] begin(EdgeRig rig) {
        Peer[] pair = rig.pair();
        pair[0].stream(1, BYTES);
        pair[1].stream(2, BYTES);
        rig.simulation.runFor(Duration.ofMillis(500));
        return pair;
    }

    private static void end(EdgeRig rig, Peer[] pair) {
        assertFalse(pair[0].gone || pair[1].gone, "over before all relays were restarted");
        rig.until(() -> pair[0].gone && pair[1].gone, "connections did not end");
        assertEquals(Peer.digestOf(1, BYTES), pair[1].receivedDigest());
        assertEquals(Peer.digestOf(2, BYTES), pair[0].receivedDigest());
    }

    private static Set<String> up(EdgeRig rig) {
        return rig.await(rig.ingress.legs()).stream()
                .filter(LegReport::isUp)
                .map(LegReport::node)
                .collect(Collectors.toSet());
    }

    /** Nobody says before that a relay goes. */
    @Test
    void losesNothingWithoutWarning() {
        try (EdgeRig rig = new EdgeRig(1, 3)) {
            Peer[] pair = begin(rig);
            for (int relay = 0; relay < 3; relay++) {
                rig.restartRelay(relay, AWAY);
                rig.until(() -> up(rig).size() == 3, "a relay that came back is not used again");
            }
            end(rig, pair);
        }
    }

    /** Shards leave a relay before it goes, so that no leg breaks. */
    @Test
    void breaksNoLegWhereRelaysAreDrainedBefore() {
        try (EdgeRig rig = new EdgeRig(
                2,
                4,
                1,
                builder -> builder.steered(
                        demand -> new FlowPlan(2, PlanReason.UNKNOWN),
                        new RendezvousPlacement(),
                        () -> SteadyRebalancePolicy.builder().build()))) {
            Peer[] pair = begin(rig);
            for (int relay = 0; relay < 4; relay++) {
                String id = rig.nodes.get(relay).id();
                rig.ingress.drain(id, true);
                rig.until(() -> !up(rig).contains(id), "still used");
                rig.until(rig.relays.get(relay).drain()::isDone, "a leg still goes over it");
                rig.restartRelay(relay, AWAY);
                rig.ingress.drain(id, false);
            }
            end(rig, pair);
        }
    }
}
