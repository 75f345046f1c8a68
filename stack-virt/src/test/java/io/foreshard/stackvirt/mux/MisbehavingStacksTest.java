package io.foreshard.stackvirt.mux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.stackvirt.spi.StackId;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class MisbehavingStacksTest {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static MuxRig rig() {
        return new MuxRig(1, UnaryOperator.identity());
    }

    private static MuxRig idempotentRig() {
        return new MuxRig(1, kind -> kind.idempotent(2));
    }

    @Test
    void aStackThatHangsKeepsItsPlacesUntilItIsAbandoned() {
        try (MuxRig rig = new MuxRig(1, kind -> kind.abandonAfter(Duration.ofSeconds(3)))) {
            FakeStack stack = rig.stack();
            stack.hangs = true;
            long message = rig.send(Duration.ofMillis(100));
            rig.runFor(Duration.ofMillis(101));
            assertEquals(new MessageResult.TimedOut(true), rig.result(message));
            long next = rig.send(Duration.ofSeconds(20));
            rig.runFor(Duration.ofMillis(2900));
            assertEquals(1, stack.queued());
            rig.runFor(Duration.ofMillis(200));
            assertEquals(2, stack.queued(), "the place is free again");
            assertEquals(1, rig.count(MuxReason.ABANDONED));
            stack.recover();
            rig.runFor(Duration.ofMillis(10));
            assertTrue(rig.isAnswered(next));
            assertEquals(1, rig.count(MuxReason.LATE_REPLY));
            assertEquals(0, rig.count(MuxReason.STACK_LIES));
        }
    }

    @Test
    void aLateAnswerIsForNobody() {
        try (MuxRig rig = rig()) {
            FakeStack stack = rig.stack();
            stack.serviceNanos = 50_000_000;
            long message = rig.send(Duration.ofMillis(20));
            rig.runFor(Duration.ofMillis(60));
            assertEquals(new MessageResult.TimedOut(true), rig.result(message));
            assertEquals(1, rig.count(MuxReason.LATE_REPLY));
            assertEquals(0, rig.set.stacks().get(0).inFlight());
        }
    }

    @Test
    void aStackThatExitsFailsWhatItHas() {
        try (MuxRig rig = rig()) {
            FakeStack stack = rig.stack();
            long message = rig.send(PATIENCE);
            rig.runFor(Duration.ofNanos(100_000));
            rig.onLoop(stack::exit);
            assertEquals(MuxRig.refused(MuxReason.STACK_GONE, true), rig.result(message));
            assertEquals(List.of("closed EXITED"), stack.events);
            assertEquals(List.of(), rig.set.stacks());
        }
    }

    @Test
    void whatMayBeDoneTwiceGoesToAnotherStackInItsOrder() {
        try (MuxRig rig = idempotentRig()) {
            FakeStack first = rig.stack();
            long warm = rig.send(PATIENCE);
            rig.runFor(Duration.ofMillis(2));
            assertTrue(rig.isAnswered(warm));
            first.hangs = true;
            List<Long> sent = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                sent.add(rig.send(PATIENCE));
            }
            rig.runFor(Duration.ofMillis(5));
            assertEquals(2, first.queued());
            rig.onLoop(first::exit);
            assertEquals("dns 6 cold", rig.demands.get(rig.demands.size() - 1));
            FakeStack second = rig.stack();
            rig.runFor(Duration.ofMillis(20));
            assertEquals(sent, second.seen);
            assertTrue(sent.stream().allMatch(rig::isAnswered));
            assertEquals(2, rig.count(MuxReason.RETRIED));
        }
    }

    @Test
    void aRefusedMessageIsTriedOnceMoreElsewhere() {
        try (MuxRig rig = idempotentRig()) {
            FakeStack refusing = rig.stack();
            refusing.refuses = true;
            long alone = rig.send(PATIENCE);
            rig.runFor(Duration.ofMillis(5));
            assertEquals(MuxRig.refused(MuxReason.STACK_REFUSED, true), rig.result(alone));
            rig.stack();
            List<Long> sent = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                sent.add(rig.send(PATIENCE));
            }
            rig.runFor(PATIENCE);
            assertTrue(sent.stream().allMatch(rig::isAnswered));
        }
    }

    @Test
    void aStackThatFailsFastDoesNotAttractTraffic() {
        try (MuxRig rig = rig()) {
            FakeStack failing = rig.stack();
            failing.refuses = true;
            failing.serviceNanos = 1000;
            for (int i = 0; i < 3; i++) {
                rig.stack();
            }
            for (int i = 0; i < 2000; i++) {
                rig.send(PATIENCE);
                rig.runFor(Duration.ofMillis(1));
            }
            assertTrue(failing.seen.size() < 20, () -> failing.seen.size() + " of 2000 messages went to it");
        }
    }

    @Test
    void aStackThatFailsOnceIsTriedAgain() {
        try (MuxRig rig = rig()) {
            FakeStack stack = rig.stack();
            FakeStack slower = rig.stack();
            slower.serviceNanos = 3_000_000;
            stack.refuses = true;
            for (int i = 0; i < 100; i++) {
                rig.send(PATIENCE);
                rig.runFor(Duration.ofMillis(5));
            }
            stack.refuses = false;
            int before = stack.seen.size();
            for (int i = 0; i < 1500; i++) {
                rig.send(PATIENCE);
                rig.runFor(Duration.ofMillis(10));
            }
            assertTrue(stack.seen.size() - before > 500, () -> stack.seen.size() - before + " of 1500");
        }
    }

    @Test
    void aStackThatAnswersWhatItWasNotAskedIsCutOff() {
        try (MuxRig rig = rig()) {
            FakeStack liar = rig.stack();
            liar.hangs = true;
            long message = rig.send(PATIENCE);
            rig.runFor(Duration.ofMillis(1));
            FakeStack honest = rig.coming();
            rig.onLoop(
                    () -> liar.listener().onReply(4711, rig.allocator.buffer(8).writeLong(1)));
            assertEquals(MuxRig.refused(MuxReason.STACK_LIES, true), rig.result(message));
            assertTrue(liar.isClosed);
            assertEquals(List.of("lie", "closed EXITED"), liar.events);
            rig.onLoop(honest::open);
            long next = rig.send(PATIENCE);
            rig.runFor(Duration.ofMillis(3));
            assertTrue(rig.isAnswered(next));
        }
    }

    @Test
    void aStackThatAnswersForAnotherOrTwiceIsCutOff() {
        try (MuxRig rig = rig()) {
            FakeStack liar = rig.stack();
            FakeStack other = rig.stack();
            liar.hangs = true;
            other.hangs = true;
            rig.send(PATIENCE);
            rig.send(PATIENCE);
            rig.runFor(Duration.ofMillis(1));
            assertEquals(1, other.queued());
            long namedToTheOther = other.correlations().get(0);
            ByteBuf forged = rig.allocator.buffer(8).writeLong(0);
            rig.onLoop(() -> liar.listener().onReply(namedToTheOther, forged));
            assertEquals(List.of("lie", "closed EXITED"), liar.events);
            other.recover();
            rig.runFor(Duration.ofMillis(2));
            assertEquals(List.of(), other.events);
            rig.onLoop(() -> other.listener().onError(namedToTheOther));
            assertEquals(List.of("lie", "closed EXITED"), other.events);
        }
    }

    @Test
    void nothingIsSentWhileALinkIsFull() {
        try (MuxRig rig = rig()) {
            FakeStack stack = rig.coming();
            stack.isFull = true;
            rig.onLoop(stack::open);
            long message = rig.send(PATIENCE);
            rig.runFor(Duration.ofMillis(10));
            assertEquals(List.of(), stack.seen);
            stack.isFull = false;
            rig.onLoop(stack.listener()::onWritable);
            rig.runFor(Duration.ofMillis(2));
            assertTrue(rig.isAnswered(message));
        }
    }

    @Test
    void whatALinkDoesNotTakeGoesElsewhereAlsoIfItMayNotBeDoneTwice() {
        try (MuxRig rig = rig()) {
            FakeStack stubborn = rig.stack();
            stubborn.takesNothing = true;
            long message = rig.send(PATIENCE);
            rig.runFor(Duration.ofMillis(10));
            assertTrue(rig.isOpen(message));
            rig.stack();
            rig.runFor(Duration.ofMillis(10));
            assertTrue(rig.isAnswered(message));
        }
    }

    @Test
    void aStackThatIsRemovedHearsNothingMore() {
        try (MuxRig rig = rig()) {
            FakeStack stack = rig.stack();
            stack.hangs = true;
            long message = rig.send(PATIENCE);
            rig.runFor(Duration.ofMillis(1));
            rig.onLoop(() -> rig.set.remove(stack.id));
            rig.runFor(Duration.ofMillis(1));
            assertEquals(MuxRig.refused(MuxReason.STACK_GONE, true), rig.result(message));
            assertTrue(stack.isClosed);
            assertEquals(List.of(), stack.events);
            rig.onLoop(() -> rig.set.remove(new StackId("test", MuxRig.KIND, 99)));
        }
    }

    @Test
    void aFlashCrowdIsRefusedOrAnsweredInBoundedMemory() {
        try (MuxRig rig = new MuxRig(1, kind -> kind.maxWaiting(200, 1 << 20))) {
            for (int i = 0; i < 4; i++) {
                rig.stack();
            }
            long peak = 0;
            // Four stacks answer 4 a millisecond; 40 come.
            for (int i = 0; i < 200; i++) {
                for (int k = 0; k < 40; k++) {
                    rig.send(Duration.ofMillis(100));
                }
                rig.runFor(Duration.ofMillis(1));
                peak = Math.max(peak, rig.set.statistics().waiting());
            }
            long most = peak;
            assertTrue(most > 150 && most <= 200, () -> most + " waited");
            rig.runFor(PATIENCE);
            KindStatistics statistics = rig.set.statistics();
            assertTrue(statistics.replies() >= 750, statistics::toString);
            assertEquals(8000, statistics.messages());
        }
    }
}
