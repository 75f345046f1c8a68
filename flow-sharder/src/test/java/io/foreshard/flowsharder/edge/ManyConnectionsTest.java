package io.foreshard.flowsharder.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A thousand clients talk to an origin through ingress, relays and egress at once, on virtual time. */
class ManyConnectionsTest {

    private static final int CONNECTIONS = 1_000;
    private static final long LITTLE = 3_000;

    @Test
    void aThousandConnectionsAtOnceAllArriveWholeAndEndOnBothSides() {
        try (EdgeRig rig = new EdgeRig(5, 3, 2, builder -> builder)) {
            List<Peer[]> pairs = pairs(rig);
            for (int i = 0; i < CONNECTIONS; i++) {
                pairs.get(i)[0].stream(i, LITTLE + i);
            }
            rig.until(() -> pairs.stream().allMatch(pair -> pair[1].ended), "not all came");
            rig.simulation.runFor(Duration.ofMinutes(1));
            for (int i = 0; i < CONNECTIONS; i++) {
                assertFalse(pairs.get(i)[0].gone || pairs.get(i)[1].gone, "idle ones stay");
                pairs.get(i)[1].stream(-i, LITTLE);
            }
            rig.until(() -> pairs.stream().allMatch(pair -> pair[0].gone && pair[1].gone), "not all ended");
            for (int i = 0; i < CONNECTIONS; i++) {
                check(pairs.get(i), i);
            }
        }
    }

    private static List<Peer[]> pairs(EdgeRig rig) {
        List<Peer[]> pairs = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            pairs.add(rig.pair());
        }
        return pairs;
    }

    private static void check(Peer[] pair, int seed) {
        assertTrue(pair[0].ended && pair[1].ended, "ends, not resets");
        assertEquals(Peer.digestOf(seed, LITTLE + seed), pair[1].receivedDigest());
        assertEquals(Peer.digestOf(-seed, LITTLE), pair[0].receivedDigest());
    }
}
