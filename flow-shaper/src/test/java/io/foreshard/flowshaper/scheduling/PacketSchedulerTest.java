package io.foreshard.flowshaper.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PacketSchedulerTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1000 * MILLI;

    @Test
    void whatNothingLimitsPassesAndSetsNoTimer() {
        Bench bench = new Bench();
        assertEquals(Admission.PASS, bench.send(1, 0, 1000));
        assertEquals(Admission.PASS, bench.send(1, 1, 1000));
        assertEquals(Long.MAX_VALUE, bench.scheduler.nextDeadlineNanos());
        assertEquals(0, bench.scheduler.heldBytes());
    }

    @Test
    void aPacketThatFindsItsBottleneckIdleDoesNotWait() {
        Bench bench = new Bench().rate(1e6);
        assertEquals(Admission.PASS, bench.send(1, 0, 1000));
        assertEquals(Admission.QUEUED, bench.send(2, 0, 1000));
        bench.runFor(10 * MILLI);
        assertEquals(Admission.PASS, bench.send(3, 0, 1000));
    }

    @Test
    void packetsLeaveAtTheRate() {
        Bench bench = new Bench().rate(1e6);
        for (int number = 0; number < 1000; number++) {
            bench.send(1, number, 1000);
        }
        bench.runFor(SECOND / 2);
        assertNear(501, bench.left.size(), 1);
        for (int index = 0; index < 500; index++) {
            assertNear(index * MILLI, bench.left.get(index).atNanos(), 2048);
        }
    }

    @Test
    void whatTheTimerWasLateIsMadeUpFor() {
        Bench bench = new Bench().rate(1e6);
        for (int number = 0; number < 2000; number++) {
            bench.send(number % 7, number, 1000);
        }
        for (int late = 1; late <= 200; late++) {
            bench.now = late * 3L * MILLI;
            bench.scheduler.run(bench.now);
        }
        assertNear(600, bench.left.size(), 1);
    }

    @Test
    void aNewRateAppliesToWhatIsQueuedAtOnce() {
        Bench bench = new Bench().rate(1000);
        IntStream.range(0, 11).forEach(number -> bench.send(1, number, 1000));
        bench.runFor(SECOND / 2);
        assertEquals(1, bench.left.size());
        bench.rate(1e6);
        bench.runFor(10 * MILLI);
        assertEquals(11, bench.left.size());
    }

    @Test
    void aLimitThatFallsAwayLetsEverythingGoInOrder() {
        Bench bench = new Bench().rate(1000);
        IntStream.range(0, 2000).forEach(number -> bench.send(1, number, 100));
        bench.rate(Double.POSITIVE_INFINITY);
        bench.runFor(MILLI);
        assertEquals(IntStream.range(0, 2000).boxed().toList(), bench.numbersOf(1));
    }

    @Test
    void flowsShareByTheirWeights() {
        SchedulerConfig config = config(List.of(
                new FlowClass("one", 1, Duration.ofMinutes(1)),
                new FlowClass("three", 3, Duration.ofMinutes(1)),
                new FlowClass("half", 0.5, Duration.ofMinutes(1))));
        Bench bench = new Bench(config, 0).rate(1e6);
        for (int number = 0; number < 3000; number++) {
            bench.send(0, 1, number, 500);
            bench.send(1, 2, number, 1500);
            bench.send(2, 3, number, 200);
        }
        bench.runFor(SECOND);
        double unit = 1e6 / 4.5;
        assertEquals(unit, (double) bench.bytesOf(1), 0.02 * unit);
        assertEquals(3 * unit, (double) bench.bytesOf(2), 0.02 * unit);
        assertEquals(unit / 2, (double) bench.bytesOf(3), 0.02 * unit);
    }

    @Test
    void aMouseDoesNotWaitBehindAnElephant() {
        Bench bench = new Bench().rate(1e6);
        IntStream.range(0, 1000).forEach(number -> bench.send(1, number, 1500));
        bench.runFor(100 * MILLI);
        bench.send(2, 0, 100);
        bench.runFor(5 * MILLI);
        assertEquals(List.of(0), bench.numbersOf(2));
    }

    @Test
    void newcomersDoNotStarveWhoWaits() {
        Bench bench = new Bench().rate(1e6);
        bench.send(1, 0, 1000);
        bench.send(1, 1, 1000);
        for (int flow = 2; flow < 400; flow++) {
            bench.send(flow, 0, 1000);
            bench.runFor(MILLI / 2);
        }
        assertEquals(List.of(0, 1), bench.numbersOf(1));
    }

    @Test
    void aDelayIsAddedToTheArrival() {
        Bench bench = new Bench();
        bench.delay = flow -> 30 * MILLI;
        assertEquals(Admission.QUEUED, bench.send(1, 0, 100));
        bench.runFor(10 * MILLI);
        bench.send(1, 1, 100);
        bench.runFor(100 * MILLI);
        assertEquals(List.of(0, 1), bench.numbersOf(1));
        bench.left.forEach(left -> assertNear(30 * MILLI, left.waitedNanos(), 2048));
    }

    @Test
    void aDelayIsCutToTheBudgetAndNaNLikeAnswersToNothing() {
        Bench bench = new Bench();
        bench.delay = flow -> Long.MAX_VALUE;
        bench.send(1, 0, 100);
        bench.runFor(SECOND);
        assertNear(500 * MILLI, bench.left.get(0).waitedNanos(), 2048);
        bench.delay = flow -> Long.MIN_VALUE;
        assertEquals(Admission.PASS, bench.send(1, 1, 100));
    }

    @Test
    void aDelayThatChangesMovesWhatIsQueued() {
        Bench bench = new Bench();
        bench.delay = flow -> 400 * MILLI;
        bench.send(1, 0, 100);
        bench.send(2, 0, 100);
        bench.runFor(50 * MILLI);
        bench.delay = flow -> 60 * MILLI;
        bench.rate(Double.POSITIVE_INFINITY);
        bench.runFor(50 * MILLI);
        bench.left.forEach(left -> assertNear(60 * MILLI, left.waitedNanos(), 2048));
        assertEquals(2, bench.left.size());
    }

    @Test
    void aCalculatorThatThrowsIsCountedAndPacketsPass() {
        Bench bench = new Bench();
        bench.delay = flow -> {
            throw new IllegalStateException("calculator");
        };
        assertEquals(Admission.PASS, bench.send(1, 0, 100));
        assertTrue(bench.scheduler.count(ShaperReason.CALCULATOR_FAILED) >= 1);
    }

    @Test
    void aCalculatorThatDawdlesTimeAfterTimeIsLeftOut() {
        Bench bench = new Bench();
        bench.delay = flow -> {
            bench.stopwatch += 2 * MILLI;
            return 50 * MILLI;
        };
        int queued = 0;
        for (int number = 0; number < 3000; number++) {
            queued += bench.send(number, 0, 10) == Admission.QUEUED ? 1 : 0;
        }
        assertEquals(3, bench.scheduler.count(ShaperReason.CALCULATOR_SLOW));
        assertTrue(queued < 1000, () -> "still delays");
    }

    @Test
    void aMillionNewFlowsTakeNoMoreThanTheTableHas() {
        Bench bench = new Bench();
        for (int flow = 0; flow < 1_000_000; flow++) {
            bench.send(flow, 0, 100);
            bench.left.clear();
        }
        assertEquals(1 << 18, bench.scheduler.flows());
        assertEquals(1_000_000 - (1 << 18), bench.scheduler.count(ShaperReason.FLOW_EVICTED));
    }

    @Test
    void newClassesApplyToWhatIsQueued() {
        Bench bench = new Bench().rate(10_000);
        IntStream.range(0, 100).forEach(number -> bench.send(1, number, 1000));
        bench.scheduler.reclass(List.of(new FlowClass("patient", 1, Duration.ofMinutes(1))));
        bench.runFor(11 * SECOND);
        assertEquals(100, bench.left.size());
        assertThrows(IllegalArgumentException.class, () -> bench.scheduler.reclass(List.of()));
    }

    @Test
    void newcomersDoNotStarveWhoWaitsAfterAClassHasLostItsWeight() {
        Bench bench = new Bench(config(List.of(new FlowClass("all", 64, Duration.ofMinutes(1)))), 0).rate(1e6);
        IntStream.range(0, 100).forEach(flow -> bench.send(flow, 0, 1000));
        IntStream.range(0, 100).forEach(flow -> bench.send(flow, 1, 1000));
        bench.scheduler.reclass(List.of(new FlowClass("all", 1.0 / 64, Duration.ofMinutes(1))));
        bench.rate(1e6);
        for (int flow = 100; flow < 600; flow++) {
            bench.send(flow, 0, 1000);
            bench.runFor(MILLI);
        }
        for (int flow = 0; flow < 100; flow++) {
            assertEquals(List.of(0, 1), bench.numbersOf(flow));
        }
    }

    @Test
    void whatWaitsForTooLongIsDroppedFromTheHead() {
        Bench bench = new Bench().rate(10_000);
        IntStream.range(0, 100).forEach(number -> bench.send(1, number, 1000));
        bench.runFor(8 * SECOND);
        long dropped = bench.scheduler.count(ShaperReason.DELAY_BUDGET);
        assertTrue(dropped > 0);
        assertEquals(dropped, bench.dropped.size());
        assertEquals(
                100,
                bench.left.size() + bench.dropped.size() + bench.lanes.get(0).queuedPackets());
    }

    @Test
    void whatCanBeMarkedIsMarkedInsteadOfDropped() {
        Bench bench = new Bench().rate(10_000);
        bench.marks = true;
        IntStream.range(0, 100).forEach(number -> bench.send(1, number, 1000));
        bench.runFor(20 * SECOND);
        assertEquals(100, bench.left.size());
        assertTrue(bench.scheduler.count(ShaperReason.ECN_MARKED) > 0);
    }

    @Test
    void aStreamIsAskedToPauseAndToGoOnAndLosesNothing() {
        Bench bench = new Bench().rate(1e6);
        bench.droppable = false;
        int number = 0;
        while (bench.paused == null) {
            bench.send(1, number++, 10_000);
        }
        assertTrue(bench.paused);
        assertEquals(1, bench.scheduler.count(ShaperReason.BACK_PRESSURE));
        bench.runFor(60 * SECOND);
        assertFalse(bench.paused);
        assertEquals(number, bench.left.size());
    }

    @Test
    void aFlowThatFloodsLeavesRoomForOthers() {
        SchedulerConfig config = new SchedulerConfig(
                List.of(FlowClass.DEFAULT), 1000, Duration.ofSeconds(30), 1 << 20, 1 << 20, Duration.ZERO);
        Bench bench = new Bench(config, 0).rate(1000);
        for (int number = 0; number < 3000; number++) {
            bench.send(1, number, 1000);
        }
        assertTrue(bench.scheduler.heldBytes() < (3L << 20) / 4);
        assertEquals(Admission.QUEUED, bench.send(2, 0, 1000));
        assertEquals(0, bench.scheduler.count(ShaperReason.QUEUE_FULL));
    }

    @Test
    void aFloodOfFlowsEvictsIdleOnesAndSharesOnePlaceAfterThat() {
        SchedulerConfig config = new SchedulerConfig(
                List.of(FlowClass.DEFAULT), 100, Duration.ofSeconds(30), 1 << 20, 1 << 20, Duration.ZERO);
        Bench bench = new Bench(config, 0);
        IntStream.range(0, 1000).forEach(flow -> bench.send(flow, 0, 100));
        assertEquals(900, bench.scheduler.count(ShaperReason.FLOW_EVICTED));
        assertEquals(100, bench.scheduler.flows());

        bench.rate(1e6);
        IntStream.range(1000, 3000).forEach(flow -> bench.send(flow, 0, 100));
        assertTrue(bench.scheduler.count(ShaperReason.FLOW_TABLE_FULL) > 1000);
        assertEquals(100, bench.scheduler.flows());
        bench.runFor(SECOND);
        assertEquals(3000, bench.left.size());
        assertEquals(0, bench.scheduler.heldBytes());
    }

    @Test
    void idleFlowsAreForgottenAndThoseWithPacketsAreNot() {
        Bench bench = new Bench();
        IntStream.range(0, 1000).forEach(flow -> bench.send(flow, 0, 100));
        bench.rate(0.5);
        bench.send(5000, 0, 100);
        bench.send(5001, 0, 100);
        for (int step = 0; step < 100; step++) {
            bench.runFor(SECOND);
            bench.scheduler.forgetIdle(bench.now, SECOND);
        }
        assertEquals(1, bench.scheduler.flows());
        assertEquals(1, bench.lanes.get(0).queuedPackets());
    }

    @Test
    void anOutletThatIsNotReadyHoldsItsFlowsOnly() {
        Bench bench = new Bench().rate(1e6);
        bench.ready = false;
        assertEquals(Admission.QUEUED, bench.send(1, 0, 1000));
        assertEquals(Admission.QUEUED, bench.send(2, 0, 1000));
        bench.runFor(SECOND);
        assertEquals(0, bench.left.size());
        assertEquals(Long.MAX_VALUE, bench.scheduler.nextDeadlineNanos());
        bench.ready = true;
        bench.lanes.get(0).resume(bench.now);
        bench.runFor(10 * MILLI);
        assertEquals(2, bench.left.size());
    }

    @Test
    void aLaneThatIsFlushedSendsInOrderAndOneThatIsDiscardedDrops() {
        Bench bench = new Bench().rate(1000);
        IntStream.range(0, 10).forEach(number -> bench.send(1, number, 1000));
        bench.lanes.get(0).flush();
        assertEquals(IntStream.range(0, 10).boxed().toList(), bench.numbersOf(1));
        assertEquals(Admission.PASS, bench.send(1, 10, 1000));

        Bench other = new Bench().rate(1000);
        IntStream.range(0, 10).forEach(number -> other.send(1, number, 1000));
        other.lanes.get(0).discard();
        assertEquals(9, other.dropped.size());
        assertEquals(0, other.scheduler.heldBytes());
        other.runFor(20 * SECOND);
        assertEquals(1, other.left.size());
        assertNull(other.paused);
    }

    @Test
    void aClockThatGoesBackChangesNothing() {
        Bench bench = new Bench().rate(1e6);
        IntStream.range(0, 10).forEach(number -> bench.send(1, number, 1000));
        bench.runFor(3 * MILLI);
        int before = bench.left.size();
        bench.now = -SECOND;
        bench.scheduler.run(bench.now);
        bench.send(2, 0, 1000);
        assertEquals(before, bench.left.size());
        bench.now = 3 * MILLI;
        bench.runFor(20 * MILLI);
        assertEquals(11, bench.left.size());
    }

    @Test
    void refusesWhatCannotWork() {
        Bench bench = new Bench();
        assertThrows(IllegalArgumentException.class, () -> bench.scheduler.openLane(bench.bottleneck, 1, null));
        assertThrows(IllegalArgumentException.class, () -> new FlowClass("none", 0, Duration.ofMillis(1)));
        assertThrows(IllegalArgumentException.class, () -> config(List.of()));
    }

    private static void assertNear(long expected, long actual, long tolerance) {
        assertTrue(
                Math.abs(actual - expected) <= tolerance,
                () -> actual + " (expected: " + expected + " within " + tolerance + ")");
    }

    private static SchedulerConfig config(List<FlowClass> classes) {
        return new SchedulerConfig(classes, 1000, Duration.ofSeconds(30), 64 << 20, 16 << 20, Duration.ofMillis(5));
    }
}
