package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.shardcodec.AckFrame;
import io.foreshard.shardcodec.SessionLimits;
import io.foreshard.shardcodec.TrafficClass;
import io.foreshard.shardcodec.spi.Carrier;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** One session's paths by themselves. */
class SessionPathTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int REAL_TIME = SendQueues.setOf(TrafficClass.REAL_TIME);
    private static final int BACKGROUND = SendQueues.setOf(TrafficClass.BACKGROUND);
    private static final int OTHERS = SendQueues.ALL_CLASSES & ~REAL_TIME & ~BACKGROUND;

    private final BareSession session = new BareSession();
    private final SessionPaths paths = session.paths;

    @Test
    void thePathOfTheMostUrgentClassesIsAskedFirstAndADeadOneLast() {
        SessionPath first = session.open(0, Carrier.DATAGRAM, OTHERS);
        SessionPath patient = session.open(5, Carrier.DATAGRAM, BACKGROUND);
        SessionPath urgent = session.open(1, Carrier.DATAGRAM, REAL_TIME);
        assertSame(urgent, paths.get(0));
        assertSame(first, paths.get(1));
        assertSame(patient, paths.get(2));
        die(urgent);
        assertSame(first, paths.get(0));
        assertSame(urgent, paths.get(2));
        assertEquals(OTHERS | REAL_TIME, first.classes());
    }

    /** Lets a path send what nobody answers. */
    private static void die(SessionPath path) {
        path.ping(0);
        for (int i = 1; path.isAlive(); i++) {
            path.service(i * 10L * SECOND);
        }
    }

    @Test
    void aClosedPathIsNoMoreHeardNorWrittenTo() {
        SessionPath first = session.open(0, Carrier.STREAM, SendQueues.ALL_CLASSES);
        SessionPath second = session.open(1, Carrier.STREAM, SendQueues.ALL_CLASSES);
        paths.onHeard(second);
        assertSame(second, paths.lastHeard());
        second.close(0);
        assertSame(first, paths.lastHeard());
        assertFalse(second.isAlive());
        assertFalse(second.canWrite());
        first.close(0);
        assertNull(paths.forOutcomes());
        assertEquals(0, paths.count());
    }

    @Test
    void shardsFitTheNarrowestPathAndOnlyPathsToTheOldAddressMove() {
        InetSocketAddress elsewhere = new InetSocketAddress("192.0.2.2", 2);
        InetSocketAddress after = new InetSocketAddress("192.0.2.3", 3);
        SessionPath narrow = session.open(0, new BareSession.Sink(Carrier.DATAGRAM), REAL_TIME, 1000, elsewhere);
        SessionPath wide = session.open(1, Carrier.DATAGRAM, OTHERS);
        assertEquals(1000 - 56, paths.payloadCapacityBytes());
        paths.move(BareSession.REMOTE, after);
        assertEquals(after, wide.path.remote());
        assertEquals(elsewhere, narrow.path.remote());
    }

    @Test
    void largePacketsAreNotSuspectedWhileAnotherPathCarriesThem() {
        BareSession.Sink sink = new BareSession.Sink(Carrier.DATAGRAM);
        SessionPath first = session.open(0, sink, OTHERS, 1400, BareSession.REMOTE);
        SessionPath urgent = session.open(1, sink, REAL_TIME, 1400, BareSession.REMOTE);
        first.path.onProgress(1400);
        die(urgent);
        assertEquals(1400, first.path.mtuBytes());
        die(first);
        assertEquals(1200, first.path.mtuBytes());
        assertEquals(1200, urgent.path.mtuBytes());
    }

    @Test
    void aStreamThatTakesNothingIsAskedAgainLaterAndNotAtOnce() {
        BareSession.Sink sink = new BareSession.Sink(Carrier.STREAM);
        SessionPath path = session.open(0, sink, SendQueues.ALL_CLASSES, 32_824, BareSession.REMOTE);
        path.ping(0);
        sink.writable = false;
        path.service(SECOND);
        assertEquals(1, sink.packets);
        assertTrue(path.deadlineNanos(SECOND) > SECOND);
    }

    private static AckFrame ack(long low, long high, long creditBytes) {
        AckFrame frame = new AckFrame();
        frame.reset(0, 0, creditBytes, 10);
        frame.addRange(low, high);
        return frame;
    }

    @Test
    void creditIsThatOfTheNewestAcknowledgementAndNotOfOneThatWasOvertaken() {
        session.sender.open(new SessionLimits(100_000, 1, 1, 1200));
        SessionPath path = session.open(0, Carrier.DATAGRAM, SendQueues.ALL_CLASSES);
        session.send(50_000, TrafficClass.STANDARD);
        session.send(50_000, TrafficClass.STANDARD);
        path.ping(0);
        path.ping(0);
        path.ping(0);
        path.onAck(ack(0, 1, 10), 7, SECOND);
        assertTrue(session.sender.isBlockedByCredit());
        path.onAck(ack(0, 0, 60_000), 5, SECOND);
        path.onAck(ack(0, 0, 60_000), 6, SECOND);
        assertNull(session.sender.select(path.path, SendQueues.ALL_CLASSES, SECOND));
        path.onAck(ack(0, 2, 60_000), 8, SECOND);
        assertNotNull(session.sender.select(path.path, SendQueues.ALL_CLASSES, SECOND));
        assertFalse(session.sender.isBlockedByCredit(), "one waits, another one leaves");
        session.sender.closeAll("over");
    }

    @Test
    void aProbeRepeatsTheNewestShardUnderWayOfAClassThatThePathServes() {
        session.sender.open(new SessionLimits(100_000, 100_000, 10, 1200));
        SessionPath path = session.open(0, Carrier.DATAGRAM, SendQueues.ALL_CLASSES);
        session.send(3_000, TrafficClass.STANDARD);
        path.pump(0);
        long last = path.path.sent.nextNumber() - 1;
        OutboundBlock block = path.path.sent.block(last);
        assertNotNull(block);
        assertFalse(session.sender.queueProbe(path.path, REAL_TIME));
        block.onArrived(OutboundBlock.indexOf(path.path.sent.shard(last)));
        assertTrue(session.sender.queueProbe(path.path, SendQueues.ALL_CLASSES));
        assertSame(block, session.sender.select(path.path, SendQueues.ALL_CLASSES, 0));
        assertEquals(OutboundBlock.indexOf(path.path.sent.shard(last - 1)), session.sender.selectedIndex());
        session.sender.closeAll("over");
    }

    @Test
    void theTurnsOfOnePathAreNotUsedUpByAnother() {
        session.sender.open(new SessionLimits(1 << 24, 1 << 24, 100, 1200));
        SessionPath others = session.open(0, Carrier.DATAGRAM, SendQueues.ALL_CLASSES & ~REAL_TIME);
        SessionPath urgent = session.open(1, Carrier.DATAGRAM, REAL_TIME);
        for (TrafficClass busy :
                new TrafficClass[] {TrafficClass.REAL_TIME, TrafficClass.STANDARD, TrafficClass.BACKGROUND}) {
            session.send(1 << 20, busy);
        }
        int background = 0;
        for (int i = 0; i < 4 * ClassTurns.TURN; i++) {
            leave(others);
            background += last == TrafficClass.BACKGROUND ? 1 : 0;
            leave(urgent);
        }
        assertEquals(2, background);
        session.sender.closeAll("over");
    }

    private TrafficClass last = TrafficClass.STANDARD;

    private void leave(SessionPath on) {
        OutboundBlock block = session.sender.select(on.path, on.classes(), 0);
        assertNotNull(block);
        last = block.message.options.trafficClass();
        session.sender.onSent(on.path, block, session.sender.selectedIndex(), 0, 0);
    }
}
