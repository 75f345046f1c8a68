package io.foreshard.jmh.shaper.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlowSchedulerTest {

    private static final int FLOWS = 1000;

    private static List<PeerScheduler> peers() {
        long spacing = FLOWS * VirtualCourse.GAP_NANOS;
        return List.of(
                new DelayQueueScheduler(FLOWS, spacing),
                new NettyTaskScheduler(FLOWS, spacing),
                new AgronaScheduler(FLOWS, spacing, 1 << 10),
                new AgronaScheduler(FLOWS, spacing, 1 << 20));
    }

    @Test
    void aPeerReleasesAFlowsPacketsOneSpacingApart() {
        long spacing = FLOWS * VirtualCourse.GAP_NANOS;
        for (PeerScheduler peer : peers()) {
            for (int packet = 0; packet < 3; packet++) {
                peer.offer(new Tuple().of(1), 0);
            }
            peer.release(spacing / 2);
            assertEquals(0, peer.released(), peer.getClass().getSimpleName());
            for (int packet = 1; packet <= 3; packet++) {
                // A tick of a millisecond is late by up to a tick.
                peer.release(packet * spacing + (2 << 20));
                assertTrue(peer.released() >= packet, peer.getClass().getSimpleName());
            }
        }
    }

    @Test
    void everyContenderReleasesAsManyAsCome() throws InterruptedException {
        for (Contender contender : Contender.values()) {
            Course.Cost cost = contender.course(FLOWS).run(20_000);
            assertTrue(cost.nanos() > 0, contender.label());
        }
    }
}
