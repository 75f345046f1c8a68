package io.foreshard.flowsharder.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What goes in on one side comes out on the other, and so does how it ends; on virtual time. */
class RelayTest {

    private static final int LARGE_BYTES = 3_000_000;

    private static byte[] bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String digest(byte[]... parts) {
        var digest = RelayEnd.newDigest();
        Arrays.stream(parts).forEach(digest::update);
        return ByteBufUtil.hexDump(digest.digest());
    }

    @Test
    void passesOnAllBytesBothWays() {
        try (RelayRig rig = new RelayRig(1)) {
            RelayEnd near = rig.route();
            RelayEnd far = rig.lastArrived();
            byte[] forth = bytes(LARGE_BYTES, 2);
            byte[] back = bytes(LARGE_BYTES / 2, 3);
            near.send(forth);
            far.send(back);
            rig.runUntil(() -> far.received == forth.length && near.received == back.length);
            assertEquals(digest(forth), far.digest());
            assertEquals(digest(back), near.digest());
            assertEquals(new RelayTotals(1, 1, 1, forth.length, back.length), rig.relay.totals());
            near.reset();
            rig.runUntil(() -> far.gone);
        }
    }

    @Test
    void passesOnFirstWhatCameBehindTheHeader() {
        try (RelayRig rig = new RelayRig(1)) {
            RelayEnd near = rig.connect();
            byte[] early = bytes(20_000, 4);
            byte[] late = bytes(100_000, 5);
            near.send(Unpooled.wrappedBuffer(RelayRig.header(RelayRig.HOP), Unpooled.wrappedBuffer(early)));
            near.send(late);
            near.end();
            rig.runUntil(() -> !rig.arrived.isEmpty() && rig.lastArrived().ended);
            assertEquals(digest(early, late), rig.lastArrived().digest());
            rig.lastArrived().channel.close();
            rig.runUntil(() -> near.ended && rig.relay.totals().open() == 0);
        }
    }

    @Test
    void takesAHeaderByteByByte() {
        try (RelayRig rig = new RelayRig(1)) {
            RelayEnd near = rig.connect();
            byte[] header = ByteBufUtil.getBytes(RelayRig.header(RelayRig.HOP));
            for (byte part : header) {
                near.send(new byte[] {part});
                rig.simulation.runFor(Duration.ofMillis(1));
            }
            rig.runUntil(() -> rig.arrived.size() == 1);
            near.channel.close();
            rig.runUntil(() -> rig.lastArrived().ended);
        }
    }

    @Test
    void anEndGoesOnWhileTheOtherDirectionContinues() {
        for (boolean nearFirst : new boolean[] {true, false}) {
            try (RelayRig rig = new RelayRig(1)) {
                RelayEnd near = rig.route();
                RelayEnd first = nearFirst ? near : rig.lastArrived();
                RelayEnd second = nearFirst ? rig.lastArrived() : near;
                byte[] before = bytes(LARGE_BYTES, 6);
                byte[] after = bytes(LARGE_BYTES, 7);
                first.send(before);
                first.end();
                rig.runUntil(() -> second.ended);
                assertEquals(digest(before), second.digest());
                assertFalse(first.ended);
                second.send(after);
                second.end();
                rig.runUntil(() -> first.ended && rig.relay.totals().open() == 0);
                assertEquals(digest(after), first.digest());
                assertFalse(first.reset || second.reset);
                assertEquals(0, rig.count(RelayReason.BROKEN_LEG));
            }
        }
    }

    @Test
    void aResetGoesOn() {
        for (boolean nearFirst : new boolean[] {true, false}) {
            try (RelayRig rig = new RelayRig(1)) {
                RelayEnd near = rig.route();
                RelayEnd first = nearFirst ? near : rig.lastArrived();
                RelayEnd second = nearFirst ? rig.lastArrived() : near;
                first.send(bytes(1000, 8));
                rig.runUntil(() -> second.received == 1000);
                first.reset();
                rig.runUntil(() -> second.gone);
                assertTrue(second.reset);
                assertEquals(1, rig.count(RelayReason.BROKEN_LEG));
                assertEquals(0, rig.relay.totals().open());
            }
        }
    }

    @Test
    void whoReadsNothingCostsLittleMemory() {
        try (RelayRig rig = new RelayRig(1, builder -> builder.readBytes(16 << 10))) {
            RelayEnd near = rig.route();
            RelayEnd far = rig.lastArrived();
            far.channel.config().setAutoRead(false);
            byte[] forth = bytes(LARGE_BYTES, 9);
            near.send(forth);
            rig.simulation.runFor(RelayRig.LIMIT);
            assertTrue(rig.allocator.peakBytes() <= 3 * (16 << 10), "peak: " + rig.allocator.peakBytes());
            far.channel.config().setAutoRead(true);
            rig.runUntil(() -> far.received == forth.length);
            assertEquals(digest(forth), far.digest());
            near.reset();
            rig.runUntil(() -> far.gone);
        }
    }

    @Test
    void drainsWithoutAnEndToWhatIsThere() {
        try (RelayRig rig = new RelayRig(1)) {
            RelayEnd near = rig.route();
            var drained = rig.relay.drain();
            byte[] forth = bytes(LARGE_BYTES, 10);
            near.send(forth);
            near.end();
            RelayEnd far = rig.lastArrived();
            rig.runUntil(() -> far.ended);
            assertEquals(digest(forth), far.digest());
            assertFalse(drained.isDone());
            far.end();
            rig.runUntil(() -> drained.isDone() && near.ended);
        }
    }

    @Test
    void closingResetsAll() {
        try (RelayRig rig = new RelayRig(1)) {
            RelayEnd near = rig.route();
            rig.await(rig.relay.close());
            rig.runUntil(() -> near.gone && rig.lastArrived().gone);
            assertTrue(near.reset && rig.lastArrived().reset);
        }
    }

    @Test
    void thousandsComeAndGo() {
        try (RelayRig rig = new RelayRig(1)) {
            for (int i = 0; i < 3000; i++) {
                RelayEnd near = rig.route();
                near.send(bytes(100, i));
                if (i % 3 == 0) {
                    near.reset();
                } else {
                    near.channel.close();
                    rig.lastArrived().channel.close();
                }
            }
            rig.runUntil(() -> rig.relay.totals().open() == 0);
            assertEquals(3000, rig.relay.totals().routed());
        }
    }
}
