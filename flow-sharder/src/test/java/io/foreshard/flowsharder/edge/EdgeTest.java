package io.foreshard.flowsharder.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.spi.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client talks to an origin through ingress, relays and egress, all of them as they are, on virtual time. */
class EdgeTest {

    private static final long BYTES = 20_000_000;

    private static void exchange(EdgeRig rig, long forth, long back) {
        Peer[] pair = rig.pair();
        exchange(rig, pair, forth, back);
    }

    private static void exchange(EdgeRig rig, Peer[] pair, long forth, long back) {
        pair[0].stream(1, forth);
        pair[1].stream(2, back);
        rig.until(() -> pair[0].gone && pair[1].gone, "connections did not end");
        assertTrue(pair[0].ended && pair[1].ended, "both ends heard of the end");
        assertEquals(forth, pair[1].receivedBytes);
        assertEquals(back, pair[0].receivedBytes);
        assertEquals(Peer.digestOf(1, forth), pair[1].receivedDigest());
        assertEquals(Peer.digestOf(2, back), pair[0].receivedDigest());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void bothWaysArriveWhole(int relays) {
        try (EdgeRig rig = new EdgeRig(1, relays)) {
            exchange(rig, 3_000_000, 5_000_000);
            exchange(rig, 1, 0);
            exchange(rig, 0, 0);
        }
    }

    @Test
    void threeRelaysAreNearlyThreeTimesAsFastAsOne() {
        try (EdgeRig rig = new EdgeRig(1, 3)) {
            long begin = rig.simulation.nowNanos();
            exchange(rig, 0, 60_000_000);
            double rate = 60_000_000 / ((rig.simulation.nowNanos() - begin) / 1e9);
            assertTrue(rate > 0.85 * 3 * EdgeRig.RATE, () -> rate / EdgeRig.RATE + " of 3");
        }
    }

    @Test
    void sessionsOfSeveralLoopsFindTheirLegs() {
        try (EdgeRig rig = new EdgeRig(3, 3, 3, builder -> builder)) {
            for (int i = 0; i < 6; i++) {
                exchange(rig, 300_000, 300_000);
            }
            assertEquals(3, rig.egress.sessionCount());
            assertEquals(
                    9,
                    rig.await(rig.ingress.legs()).stream()
                            .filter(LegReport::isUp)
                            .count());
        }
    }

    @Test
    void eachFlowHasLegsOfItsOwnIfWanted() {
        try (EdgeRig rig = new EdgeRig(3, 2, 1, builder -> builder.dedicatedLegs(true))) {
            Peer[] first = rig.pair();
            Peer[] second = rig.pair();
            assertEquals(2, rig.egress.sessionCount());
            exchange(rig, first, 300_000, 300_000);
            exchange(rig, second, 300_000, 300_000);
        }
    }

    @Test
    void halfOfAConnectionStaysOpenAsLongAsItsEndsWant() {
        try (EdgeRig rig = new EdgeRig(1, 2)) {
            Peer[] pair = rig.pair();
            pair[0].stream(1, 10);
            rig.until(() -> pair[1].ended, "no end came");
            rig.simulation.runFor(Duration.ofMinutes(3));
            assertFalse(pair[0].gone || pair[1].gone);
            pair[1].stream(2, 1_000_000);
            rig.until(() -> pair[0].receivedBytes == 1_000_000 && pair[0].ended, "the other half was cut");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aResetArrivesAsOne(boolean fromClient) {
        try (EdgeRig rig = new EdgeRig(1, 2)) {
            Peer[] pair = rig.pair();
            pair[fromClient ? 0 : 1].reset();
            Peer other = pair[fromClient ? 1 : 0];
            rig.until(() -> other.gone, "no reset came");
            assertTrue(other.reset, "a reset, not an end");
        }
    }

    @Test
    void aTargetThatIsNotThereResetsTheConnection() {
        try (EdgeRig rig = new EdgeRig(1, 1)) {
            rig.await(rig.ingress.forward(rig.near.address(1081), "10.0.0.4:81"));
            Peer lost = rig.connect(1081);
            rig.until(() -> lost.gone, "still open");
            assertTrue(lost.reset, "a reset, not an end");
            assertEquals(1L, rig.egress.counters().get(FlowSharderReason.TARGET_REFUSED));
        }
    }

    @Test
    void aRelayThatDiesCostsNothing() {
        try (EdgeRig rig = new EdgeRig(1, 3)) {
            Peer[] pair = rig.pair();
            rig.simulation.schedule(
                    Duration.ofSeconds(1), () -> rig.relays.get(1).close());
            exchange(rig, pair, BYTES, BYTES);
        }
    }

    @Test
    void aRelayThatIsCutOffCostsNothingAndIsUsedAgain() {
        try (EdgeRig rig = new EdgeRig(1, 2)) {
            Peer[] pair = rig.pair();
            rig.simulation.schedule(
                    Duration.ofSeconds(1), () -> rig.simulation.disconnect(rig.middles.get(1), rig.far));
            exchange(rig, pair, BYTES, BYTES);
        }
    }

    @Test
    void shardsMoveWhileBytesFlow() {
        try (EdgeRig rig = new EdgeRig(1, 4)) {
            List<Node> all = rig.nodes;
            rig.ingress.place(all.subList(0, 2));
            Peer[] pair = rig.pair();
            for (int i = 1; i < 6; i++) {
                List<Node> next = new ArrayList<>();
                next.add(all.get(i % 4));
                next.add(all.get((i + 1) % 4));
                rig.simulation.schedule(Duration.ofMillis(400L * i), () -> rig.ingress.place(next));
            }
            exchange(rig, pair, BYTES, BYTES);
            assertEquals(0L, rig.ingress.counters().get(FlowSharderReason.CHECKSUM));
            assertEquals(
                    List.of("relay-1", "relay-2"),
                    rig.await(rig.ingress.legs()).stream().map(LegReport::node).toList());
        }
    }

    /** All flows are told, as the new egress knows nothing of them; new ones work. */
    @Test
    void anEgressThatWasStartedAnewDoesNotLeaveConnectionsHanging() {
        try (EdgeRig rig = new EdgeRig(1, 2)) {
            Peer[] pair = rig.pair();
            rig.simulation.runFor(Duration.ofSeconds(1));
            rig.restartEgress();
            rig.until(() -> pair[0].gone && pair[1].gone, "still open");
            assertTrue(pair[0].reset && pair[1].reset, "resets, not ends");
            assertEquals(1L, rig.ingress.counters().get(FlowSharderReason.SESSION_LOST));
            exchange(rig, 300_000, 300_000);
        }
    }
}
