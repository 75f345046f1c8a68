package io.foreshard.stackvirt.mux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class MultiplexerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static MuxRig rig() {
        return new MuxRig(1, UnaryOperator.identity());
    }

    @Test
    void aMessageIsAnsweredByTheOnlyStack() {
        try (MuxRig rig = rig()) {
            rig.stack();
            long message = rig.send(PATIENCE);
            rig.runFor(Duration.ofMillis(2));
            assertTrue(rig.isAnswered(message));
            assertEquals(1, rig.set.statistics().replies());
            assertEquals(List.of(), rig.demands);
        }
    }

    @Test
    void messagesWaitInTheirOrderWhileNoStackRuns() {
        try (MuxRig rig = rig()) {
            List<Long> sent = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                sent.add(rig.send(PATIENCE));
            }
            FakeStack stack = rig.coming();
            rig.runFor(Duration.ofMillis(100));
            assertEquals(List.of("dns 1 cold", "dns 2 cold", "dns 4 cold"), rig.demands);
            assertEquals(5, rig.set.statistics().waiting());
            rig.onLoop(stack::open);
            rig.runFor(Duration.ofMillis(100));
            assertEquals(sent, stack.seen);
            assertTrue(sent.stream().allMatch(rig::isAnswered));
            assertEquals(5, rig.count(MuxReason.COLD_START));
            assertEquals(5, rig.set.statistics().cold());
        }
    }

    @Test
    void aMessageThatWaitsTooLongWasNotSent() {
        try (MuxRig rig = rig()) {
            long message = rig.send(Duration.ofMillis(50));
            rig.runFor(Duration.ofMillis(49));
            assertTrue(rig.isOpen(message));
            rig.runFor(Duration.ofMillis(2));
            assertEquals(new MessageResult.TimedOut(false), rig.result(message));
            FakeStack stack = rig.stack();
            rig.runFor(Duration.ofMillis(50));
            assertEquals(List.of(), stack.seen);
        }
    }

    @Test
    void aMessageThatIsTooLateAlreadyWasNotSent() {
        try (MuxRig rig = rig()) {
            FakeStack stack = rig.stack();
            long message = rig.send(Duration.ZERO);
            rig.runFor(Duration.ofMillis(1));
            assertEquals(new MessageResult.TimedOut(false), rig.result(message));
            assertEquals(List.of(), stack.seen);
        }
    }

    @Test
    void aDeadlineFarAwayCountsAsTheLongestWait() {
        try (MuxRig rig = new MuxRig(1, kind -> kind.maxWait(Duration.ofSeconds(2)))) {
            long message = rig.send(Duration.ofDays(10_000));
            rig.runFor(Duration.ofMillis(2001));
            assertEquals(new MessageResult.TimedOut(false), rig.result(message));
        }
    }

    @Test
    void unknownProtocolsAndLongMessagesAreRefused() {
        try (MuxRig rig = new MuxRig(1, kind -> kind.maxMessageBytes(1000))) {
            rig.stack();
            long unknown = rig.send(rig.port, 54, 1, 64, PATIENCE);
            long longest = rig.send(rig.port, MuxRig.PROTOCOL, 1, 1000, PATIENCE);
            long longer = rig.send(rig.port, MuxRig.PROTOCOL, 1, 1001, PATIENCE);
            rig.runFor(Duration.ofMillis(5));
            assertEquals(MuxRig.refused(MuxReason.UNKNOWN_PROTOCOL, false), rig.result(unknown));
            assertEquals(MuxRig.refused(MuxReason.OVERSIZE, false), rig.result(longer));
            assertTrue(rig.isAnswered(longest));
        }
    }

    @Test
    void aPortHasNoMoreOutstandingThanItMay() {
        try (MuxRig rig = rig()) {
            Port narrow = rig.multiplexer.port(rig.routers, 2);
            rig.send(narrow, MuxRig.PROTOCOL, 1, 64, PATIENCE);
            rig.send(narrow, MuxRig.PROTOCOL, 1, 64, PATIENCE);
            long third = rig.send(narrow, MuxRig.PROTOCOL, 1, 64, PATIENCE);
            assertEquals(MuxRig.refused(MuxReason.PORT_FULL, false), rig.result(third));
            rig.stack();
            rig.runFor(Duration.ofMillis(5));
            assertEquals(0, narrow.outstanding());
            narrow.close();
            long afterClose = rig.send(narrow, MuxRig.PROTOCOL, 1, 64, PATIENCE);
            assertEquals(MuxRig.refused(MuxReason.CLOSED, false), rig.result(afterClose));
        }
    }

    @Test
    void whatOtherThreadsHandOverIsBounded() {
        try (MuxRig rig = new MuxRig(1, UnaryOperator.identity(), mux -> mux.handover(64, 1000))) {
            List<Long> sent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                sent.add(rig.send(rig.port, MuxRig.PROTOCOL, 1, 100, PATIENCE));
            }
            assertEquals(10, sent.stream().filter(rig::isOpen).count());
            assertEquals(MuxRig.refused(MuxReason.HANDOVER_FULL, false), rig.result(sent.get(10)));
            rig.stack();
            rig.runFor(PATIENCE);
            assertEquals(10, rig.count(MuxReason.HANDOVER_FULL));
            assertEquals(10, sent.stream().filter(rig::isAnswered).count());
        }
    }

    @Test
    void aFullLineRefusesWhatComesLast() {
        try (MuxRig rig = new MuxRig(1, kind -> kind.maxWaiting(3, 1 << 20))) {
            List<Long> sent = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                sent.add(rig.send(PATIENCE));
            }
            rig.runFor(Duration.ofMillis(1));
            assertEquals(MuxRig.refused(MuxReason.LINE_FULL, false), rig.result(sent.get(3)));
            rig.stack();
            rig.runFor(PATIENCE);
            assertEquals(3, sent.stream().filter(rig::isAnswered).count());
        }
    }

    @Test
    void aFullLineIsAlsoOneOfManyBytes() {
        try (MuxRig rig = new MuxRig(1, kind -> kind.maxWaiting(100, 2000))) {
            for (int i = 0; i < 5; i++) {
                rig.send(rig.port, MuxRig.PROTOCOL, 1, 600, PATIENCE);
            }
            rig.runFor(Duration.ofMillis(1));
            assertEquals(3, rig.set.statistics().waiting());
            assertEquals(1800, rig.set.statistics().waitingBytes());
        }
    }

    @Test
    void whatCannotBeAnsweredInTimeIsGivenUpForOthers() {
        try (MuxRig rig = new MuxRig(1, kind -> kind.maxInFlight(1).maxWaiting(2, 1 << 20))) {
            FakeStack stack = rig.stack();
            stack.serviceNanos = 100_000_000;
            rig.send(PATIENCE);
            rig.runFor(Duration.ofMillis(110));
            rig.send(PATIENCE);
            long hurried = rig.send(Duration.ofMillis(40));
            long first = rig.send(PATIENCE);
            long second = rig.send(PATIENCE);
            rig.runFor(Duration.ofMillis(1));
            assertEquals(new MessageResult.TimedOut(false), rig.result(hurried));
            assertEquals(1, rig.count(MuxReason.SHED));
            rig.runFor(PATIENCE);
            assertTrue(rig.isAnswered(first) && rig.isAnswered(second));
        }
    }

    @Test
    void aStackHasNoMoreInFlightThanItMay() {
        try (MuxRig rig = new MuxRig(1, kind -> kind.maxInFlight(4))) {
            FakeStack stack = rig.stack();
            int most = 0;
            for (int i = 0; i < 50; i++) {
                rig.send(PATIENCE);
            }
            for (int i = 0; i < 60; i++) {
                rig.runFor(Duration.ofMillis(1));
                most = Math.max(most, stack.queued());
            }
            assertEquals(4, most);
            assertEquals(50, rig.set.statistics().replies());
        }
    }

    @Test
    void aStackThatHasNeverAnsweredGetsOneMessage() {
        try (MuxRig rig = rig()) {
            FakeStack stack = rig.stack();
            stack.hangs = true;
            for (int i = 0; i < 5; i++) {
                rig.send(PATIENCE);
            }
            rig.runFor(Duration.ofMillis(10));
            assertEquals(1, stack.queued());
        }
    }

    @Test
    void creditsBoundTheBytesInFlight() {
        try (MuxRig rig = rig()) {
            FakeStack stack = rig.stack();
            rig.send(PATIENCE);
            rig.runFor(Duration.ofMillis(3));
            for (int i = 0; i < 20; i++) {
                rig.send(PATIENCE);
            }
            rig.onLoop(() -> rig.set.credits(stack.id, 150));
            rig.runFor(Duration.ofMillis(10));
            assertTrue(stack.queued() <= 2, () -> stack.queued() + " messages of 64 bytes");
            rig.onLoop(() -> rig.set.credits(stack.id, 0));
            rig.runFor(Duration.ofMillis(3));
            assertEquals(1, stack.queued(), "one alone may go");
            rig.runFor(PATIENCE);
            assertEquals(21, rig.set.statistics().replies());
        }
    }

    @Test
    void frozenAndDrainingStacksGetNothingNew() {
        try (MuxRig rig = rig()) {
            FakeStack frozen = rig.stack();
            FakeStack draining = rig.stack();
            rig.onLoop(() -> rig.set.suspend(frozen.id));
            rig.onLoop(() -> rig.set.drain(draining.id));
            assertEquals(List.of("drained"), draining.events);
            long message = rig.send(PATIENCE);
            rig.runFor(Duration.ofMillis(10));
            assertTrue(rig.isOpen(message));
            assertEquals(List.of("dns 1 cold"), rig.demands);
            rig.onLoop(() -> rig.set.resume(frozen.id));
            rig.runFor(Duration.ofMillis(10));
            assertTrue(rig.isAnswered(message));
            assertEquals(List.of(), draining.seen);
        }
    }

    @Test
    void aDrainingStackAnswersWhatItHas() {
        try (MuxRig rig = rig()) {
            FakeStack stack = rig.stack();
            long message = rig.send(PATIENCE);
            rig.runFor(Duration.ofNanos(100_000));
            rig.onLoop(() -> rig.set.drain(stack.id));
            assertEquals(List.of(), stack.events);
            rig.runFor(Duration.ofMillis(2));
            assertTrue(rig.isAnswered(message));
            assertEquals(List.of("drained"), stack.events);
        }
    }

    @Test
    void closingRefusesWhatIsUnderWay() {
        try (MuxRig rig = rig()) {
            FakeStack stack = rig.stack();
            stack.hangs = true;
            long sent = rig.send(PATIENCE);
            long waiting = rig.send(PATIENCE);
            rig.runFor(Duration.ofMillis(1));
            rig.multiplexer.close();
            rig.runFor(Duration.ofMillis(1));
            assertEquals(MuxRig.refused(MuxReason.CLOSED, true), rig.result(sent));
            assertEquals(MuxRig.refused(MuxReason.CLOSED, false), rig.result(waiting));
            assertTrue(stack.isClosed);
            long afterwards = rig.send(PATIENCE);
            assertEquals(MuxRig.refused(MuxReason.CLOSED, false), rig.result(afterwards));
        }
    }

    @Test
    void settingsSayWhatIsWrongWithThem() {
        try (MuxRig rig = rig()) {
            MultiplexerBuilder none = Multiplexer.builder(rig.loop);
            assertEquals(
                    "kind: [] (expected: at least one)",
                    assertThrows(IllegalArgumentException.class, none::build).getMessage());
            none.kind(KindSettings.builder("a", 1).build());
            none.kind(KindSettings.builder("b", 1).build());
            assertEquals(
                    "protocols: 1 (expected: each protocol in one kind)",
                    assertThrows(IllegalArgumentException.class, none::build).getMessage());
            KindSettings.Builder wrong = KindSettings.builder("a", 1).maxInFlight(0);
            assertEquals(
                    "maxInFlight: 0 (expected: 1…1048576)",
                    assertThrows(IllegalArgumentException.class, wrong::build).getMessage());
            assertThrows(IllegalArgumentException.class, () -> rig.multiplexer.stacks("none"));
            assertFalse(rig.isOpen(rig.send(rig.port, 99, 1, 64, PATIENCE)));
        }
    }
}
