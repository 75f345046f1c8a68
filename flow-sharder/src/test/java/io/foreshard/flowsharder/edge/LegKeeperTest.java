package io.foreshard.flowsharder.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.flowsharder.FlowSharderReason;
import io.foreshard.flowsharder.scheduling.EarliestCompletionFirst;
import io.foreshard.flowsharder.scheduling.FlowSchedulers;
import io.foreshard.flowsharder.session.Flow;
import io.foreshard.flowsharder.session.Leg;
import io.foreshard.flowsharder.session.LegEndReason;
import io.foreshard.flowsharder.session.LegPort;
import io.foreshard.flowsharder.session.Session;
import io.foreshard.flowsharder.session.SessionLimits;
import io.foreshard.flowsharder.session.SessionListener;
import io.foreshard.flowsharder.session.SessionSetup;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.wire.FrameWriter;
import io.foreshard.runtime.ByteBudget;
import io.foreshard.runtime.ReasonCounters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** How often nodes are dialled that do not work, or not for long; on virtual time. */
class LegKeeperTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final Node BAD = Node.of("bad", InetSocketAddress.createUnresolved("bad", 1));
    private static final Node OTHER = Node.of("other", InetSocketAddress.createUnresolved("other", 1));

    /** Takes frames, and forgets them. */
    private static final class Sink implements LegPort {
        @Override
        public void write(ByteBuf frame) {
            frame.release();
        }

        @Override
        public void flush() {}

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public long waitingBytes() {
            return 0;
        }

        @Override
        public void close() {}

        @Override
        public void finish() {}
    }

    private record Timer(long nanos, Runnable action) {}

    /** Each dial ends as a function of its node says: a leg lives for so long, or does not come about if that is negative. */
    private static final class Bed implements LegKeeper.Dialer, SessionListener {

        final List<Long> dials = new ArrayList<>();
        final List<Node> dialled = new ArrayList<>();
        final Session session;
        final LegKeeper keeper;
        private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::nanos));
        private final ToLongFunction<Node> fate;
        private long now;

        Bed(long seed, ToLongFunction<Node> fate) {
            this.fate = fate;
            keeper = new LegKeeper(this, new SplittableRandom(seed));
            session = new Session(
                    new SessionSetup(
                            SessionLimits.defaults(),
                            FlowSchedulers.all(EarliestCompletionFirst::new),
                            new ByteBudget(1 << 20),
                            new ByteBudget(1 << 20),
                            new ByteBudget(1 << 20),
                            new ReasonCounters<>(FlowSharderReason.class, EngineObserver.NOOP)),
                    this,
                    now);
        }

        @Override
        public void dial(LegKeeper.Slot slot, Node node, int leg, int epoch) {
            dials.add(now);
            dialled.add(node);
            long lives = fate.applyAsLong(node);
            later(() -> answered(slot, node, leg, lives), MILLI);
        }

        private void answered(LegKeeper.Slot slot, Node node, int id, long lives) {
            if (lives < 0) {
                keeper.failed(slot, node);
                return;
            }
            FrameWriter writer = new FrameWriter(UnpooledByteBufAllocator.DEFAULT);
            Leg leg = session.join(id, new Sink(), writer, MILLI, now);
            keeper.joined(slot, node, leg, session);
            later(() -> session.onLegFailed(leg, LegEndReason.CONNECTION_LOST, now), lives);
        }

        @Override
        public void later(Runnable action, long nanos) {
            timers.add(new Timer(now + nanos, action));
        }

        @Override
        public long nowNanos() {
            return now;
        }

        @Override
        public void onFlow(Flow flow, String target) {}

        @Override
        public void onLegGone(Leg leg, LegEndReason reason) {
            keeper.gone(leg, reason);
        }

        Bed runFor(long nanos) {
            long limit = now + nanos;
            while (!timers.isEmpty() && timers.element().nanos <= limit) {
                Timer next = timers.remove();
                now = next.nanos;
                next.action.run();
            }
            now = limit;
            return this;
        }

        Bed follow(Node... nodes) {
            keeper.follow(List.of(nodes), session);
            return this;
        }
    }

    @Test
    void whoAcceptsAndDiesAtOnceIsDialledEverMoreSeldom() {
        Bed bed = new Bed(1, node -> MILLI).follow(BAD).runFor(60 * SECOND);
        assertTrue(bed.dials.size() >= 55, () -> bed.dials.size() + " dials");
        assertTrue(bed.dials.size() <= 130, () -> bed.dials.size() + " dials");
    }

    @Test
    void whoRefusesIsDialledAsOften() {
        Bed bed = new Bed(1, node -> -1).follow(BAD).runFor(60 * SECOND);
        assertTrue(bed.dials.size() >= 55 && bed.dials.size() <= 130, () -> bed.dials.size() + " dials");
    }

    @Test
    void whoseLegLivedForAWhileIsDialledSoon() {
        Bed bed = new Bed(1, node -> 5 * SECOND).follow(BAD).runFor(60 * SECOND);
        for (int i = 1; i < bed.dials.size(); i++) {
            long pause = bed.dials.get(i) - bed.dials.get(i - 1) - 5 * SECOND;
            assertTrue(pause <= 22 * MILLI, () -> pause / MILLI + " ms");
        }
        assertTrue(bed.dials.size() > 10);
    }

    /** However long it was away: a relay that was started again carries bytes soon. */
    @Test
    void whoWasAwayForLongIsStillDialledEachSecond() {
        Bed bed = new Bed(1, node -> -1).follow(BAD).runFor(600 * SECOND);
        for (int i = 1; i < bed.dials.size(); i++) {
            long apart = bed.dials.get(i) - bed.dials.get(i - 1);
            assertTrue(apart <= SECOND + MILLI, () -> apart / MILLI + " ms");
        }
        assertTrue(bed.now - bed.dials.get(bed.dials.size() - 1) <= SECOND + MILLI);
    }

    /** A shard map that comes again and again, or moves a shard to and fro, is no reason to dial more often. */
    @Test
    void noShardMapPassesByThePause() {
        Bed bed = new Bed(1, node -> -1).follow(BAD, OTHER);
        for (int i = 0; i < 6_000; i++) {
            bed.runFor(10 * MILLI).follow(i % 2 == 0 ? OTHER : BAD, i % 3 == 0 ? BAD : OTHER);
        }
        assertTrue(bed.dials.size() <= 2 * 130, () -> bed.dials.size() + " dials");
    }

    @Test
    void aNodeThatWorksIsDialledAtOnceWhateverAnotherDid() {
        Bed bed = new Bed(1, node -> node.equals(BAD) ? -1 : 60 * SECOND)
                .follow(BAD)
                .runFor(20 * SECOND);
        bed.follow(OTHER);
        assertEquals(OTHER, bed.dialled.get(bed.dialled.size() - 1));
        assertEquals(bed.now, bed.dials.get(bed.dials.size() - 1));
    }

    /** All edges that lost a relay together come back at different times, but a seed is a run. */
    @Test
    void pausesAreSpread() {
        List<Long> one = new Bed(1, node -> -1).follow(BAD).runFor(10 * SECOND).dials;
        assertEquals(one, new Bed(1, node -> -1).follow(BAD).runFor(10 * SECOND).dials);
        assertNotEquals(one, new Bed(2, node -> -1).follow(BAD).runFor(10 * SECOND).dials);
    }
}
