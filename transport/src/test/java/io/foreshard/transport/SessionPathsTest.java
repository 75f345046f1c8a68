package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.shardcodec.PacketKind;
import io.foreshard.simulator.link.Impairment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Several paths of one session. */
class SessionPathsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Impairment CLEAN = Impairment.builder()
            .rateBytesPerSecond(12_500_000)
            .delay(Duration.ofMillis(5))
            .queueBytes(500_000)
            .build();

    @Test
    void forgedPathIdsOpenNoMorePathsThanTheBound() {
        try (SimulatedPair pair = new SimulatedPair(14, CLEAN)) {
            ShardSession session = pair.connect();
            SessionEngine server = SimulatedPair.engine(pair.accepted());
            for (int id = 0; id < 256; id++) {
                for (long number : new long[] {1L << 40, -1, 4096, 7}) {
                    pair.serverTap.arrive(
                            pair.forge.control(PacketKind.PROBE, id, server.id(), number, out -> {}),
                            pair.clientAddress());
                }
            }
            pair.simulation.runFor(Duration.ofSeconds(1));
            assertEquals(SessionPaths.MAX_PATHS, server.paths.count());
            long refused = 4L * (256 - SessionPaths.MAX_PATHS) + 3L * (SessionPaths.MAX_PATHS - 1);
            assertEquals(refused, pair.count(pair.server, TransportReason.UNKNOWN_PATH));
            assertEquals(0, server.paths.primary().path.id, "what a peer opens takes no class away");
            pair.simulation.await(pair.send(session, 300_000), LIMIT);
            pair.simulation.await(pair.send(pair.accepted(), 300_000), LIMIT);
        }
    }
}
