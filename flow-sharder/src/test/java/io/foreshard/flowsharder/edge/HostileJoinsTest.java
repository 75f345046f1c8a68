package io.foreshard.flowsharder.edge;

import static io.foreshard.flowsharder.edge.Stranger.soon;
import static io.foreshard.flowsharder.edge.Stranger.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowsharder.FlowSharderReason;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever joins late, in floods, too often or after the end costs an egress no more than it may, and honest connections nothing. */
class HostileJoinsTest {

    @Test
    void whoSaysNothingInTimeIsClosed() {
        try (EdgeRig rig = new EdgeRig(1, 1)) {
            Peer[] pair = rig.pair();
            Stranger silent = new Stranger(rig);
            Stranger slow = new Stranger(rig);
            ByteBuf token = slow.says.join(token(1, 1, 1, soon()));
            for (int i = 0; i < 20 && !slow.gone; i++) {
                slow.say(token.readRetainedSlice(1));
            }
            token.release();
            assertTrue(silent.gone && slow.gone);
            assertEquals(2, rig.count(FlowSharderReason.SLOW_JOIN));
            rig.assertUnharmed(pair);
        }
    }

    /** Whoever opens connections and says nothing pushes out those of his own; who has a token needs no time. */
    @Test
    void whoSaysNothingKeepsNobodyOut() {
        try (EdgeRig rig = new EdgeRig(1, 1, 1, builder -> builder, builder -> builder.mostJoining(10))) {
            Peer[] pair = rig.pair();
            List<Stranger> silent = new ArrayList<>();
            for (int i = 0; i < 15; i++) {
                silent.add(new Stranger(rig));
            }
            Stranger quick = new Stranger(rig);
            quick.say(quick.says.join(token(1, 1, 1, soon())));
            assertFalse(quick.gone);
            assertEquals(6, rig.count(FlowSharderReason.TOO_MANY_JOINING));
            assertEquals(
                    List.of(true, true, true, true, true, true, false),
                    silent.subList(0, 7).stream().map(each -> each.gone).toList());
            rig.simulation.runFor(Duration.ofSeconds(4));
            assertEquals(9, rig.count(FlowSharderReason.SLOW_JOIN));
            rig.assertUnharmed(pair);
        }
    }

    /** However many came since, the honest one's address has fewer. */
    @Test
    void aFloodFromOneAddressDoesNotKeepOthersOut() {
        try (EdgeRig rig = new EdgeRig(1, 2, 1, builder -> builder, builder -> builder.mostJoining(10))) {
            Peer[] pair = rig.pair();
            InetSocketAddress egress = rig.far.address(EdgeRig.EGRESS_PORT);
            List<Stranger> silent = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                silent.add(new Stranger(rig));
            }
            Stranger slow = new Stranger(rig, rig.middles.get(0), egress);
            Stranger slower = new Stranger(rig, rig.middles.get(1), egress);
            for (int i = 0; i < 25; i++) {
                silent.add(new Stranger(rig));
            }
            assertFalse(slow.gone || slower.gone);
            slow.say(slow.says.join(token(1, 1, 1, soon())));
            assertTrue(slow.heardBytes > 0 && !slow.gone, "it is answered");
            silent.add(new Stranger(rig));
            silent.add(new Stranger(rig));
            slower.say(slower.says.join(token(1, 2, 1, soon())));
            assertTrue(slower.heardBytes > 0 && !slower.gone, "it is answered");
            assertEquals(23, rig.count(FlowSharderReason.TOO_MANY_JOINING));
            assertTrue(silent.subList(0, 23).stream().allMatch(each -> each.gone), "the oldest went");
            assertTrue(silent.subList(23, 32).stream().noneMatch(each -> each.gone), "the newest stayed");
            rig.assertUnharmed(pair);
        }
    }

    @Test
    void aSessionHasNoMoreLegsThanItMay() {
        try (EdgeRig rig = new EdgeRig(1, 2, 1, builder -> builder, builder -> builder.mostLegs(3))) {
            Peer[] pair = rig.pair();
            List<Stranger> legs = new ArrayList<>();
            for (int id = 1; id <= 5; id++) {
                Stranger leg = new Stranger(rig);
                leg.channel.writeAndFlush(leg.says.join(token(1, id, 1, soon())));
                rig.simulation.runFor(Duration.ofMillis(20));
                legs.add(leg);
            }
            assertEquals(2, rig.count(FlowSharderReason.TOO_MANY_LEGS));
            assertEquals(
                    List.of(false, false, false, true, true),
                    legs.stream().map(each -> each.gone).toList());
            Stranger newer = new Stranger(rig);
            newer.say(newer.says.join(token(1, 2, 2, soon())));
            assertTrue(legs.get(1).gone && !newer.gone, "a leg may be opened anew");
            rig.assertUnharmed(pair);
        }
    }

    @Test
    void whoJoinsAnEgressThatWasStoppedIsRefused() {
        try (EdgeRig rig = new EdgeRig(1, 1)) {
            rig.pair();
            Stranger late = new Stranger(rig);
            rig.egress.close();
            late.say(late.says.join(token(1, 1, 1, soon())));
            assertTrue(late.gone);
            assertEquals(1, rig.count(FlowSharderReason.STOPPING));
            assertEquals(0, rig.egress.sessionCount());
        }
    }
}
