package io.foreshard.flowshaper.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What senders, outlets and calculators may do to a scheduler, and what it must not do then. */
class HostileSchedulingTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1000 * MILLI;

    /** An outlet that does what a test wants when it is told of a packet. */
    private static class Reaction implements Outlet {
        final List<Object> released = new ArrayList<>();
        final List<Object> dropped = new ArrayList<>();
        boolean ready = true;

        void react() {}

        @Override
        public void release(Object message, @Nullable Object attachment) {
            released.add(message);
            react();
        }

        @Override
        public void drop(Object message, @Nullable Object attachment, ShaperReason reason) {
            dropped.add(message);
            react();
        }

        @Override
        public boolean isReady() {
            return ready;
        }
    }

    private static Admission offer(Bench bench, Lane lane, int flow, int bytes) {
        return lane.offer(Bench.key(flow), new Object(), null, bytes, bytes, bench.now);
    }

    @Test
    void absurdRatesNeitherOpenTheBottleneckNorShutItForGood() {
        for (double rate : new double[] {Double.MIN_VALUE, 1e-300, 1e-9, 1e300, Double.MAX_VALUE}) {
            Bench bench = new Bench(config(Duration.ofSeconds(30), 1 << 20), 0).rate(rate);
            IntStream.range(0, 50).forEach(number -> bench.send(1, number, 1000));
            bench.runFor(SECOND / 2);
            assertEquals(rate < 1 ? 1 : 50, bench.left.size(), "at " + rate);
            bench.rate(1e6).runFor(60 * MILLI);
            assertEquals(50, bench.left.size(), "after " + rate);
            IntStream.range(0, 50).forEach(number -> bench.send(2, number, 1000));
            bench.runFor(20 * MILLI);
            assertTrue(bench.left.size() <= 72, () -> "not limited any more after " + rate);
        }
    }

    @Test
    void smallPacketsOfHeavyFlowsTakeTheirShareAndNoMore() {
        Bench bench = new Bench(config(Duration.ofSeconds(30), 64 << 20), 0).rate(100_000);
        for (int number = 0; number < 5000; number++) {
            bench.send(1, 1, number, 40);
            bench.send(0, 2, number, 40);
        }
        bench.runFor(SECOND);
        assertEquals(100_000 / 65.0, (double) bench.bytesOf(2), 120.0);
    }

    @Test
    void packetsWithoutContentDoNotGoBeforeEverybody() {
        Bench bench = new Bench().rate(1e6);
        bench.send(1, 0, 1000);
        IntStream.range(0, 20_000).forEach(number -> bench.send(1, number, 0));
        IntStream.range(0, 3).forEach(number -> bench.send(2, number, 1000));
        bench.runFor(6 * MILLI);
        assertEquals(List.of(0, 1, 2), bench.numbersOf(2));
        assertTrue(bench.left.size() < 6000, () -> "unlimited");
    }

    @Test
    void aFlowWhoseOutletWasFullForLongHasNoClaimToThatTime() {
        Bench bench = new Bench().rate(1e6);
        Reaction outlet = new Reaction();
        outlet.ready = false;
        Lane lane = bench.scheduler.openLane(bench.bottleneck, 0, outlet);
        IntStream.range(0, 1000).forEach(number -> offer(bench, lane, 1, 1000));
        for (int number = 0; number < 3000; number++) {
            bench.send(2, number, 1000);
            bench.runFor(MILLI);
        }
        IntStream.range(0, 400).forEach(number -> bench.send(2, number, 1000));
        int before = bench.left.size();
        outlet.ready = true;
        lane.resume(bench.now);
        bench.runFor(100 * MILLI);
        assertEquals(50.0, (double) outlet.released.size(), 3.0);
        assertEquals(50.0, (double) (bench.left.size() - before), 3.0);
    }

    @Test
    void flowsOfALaneThatWasClosedWhileItsOutletWasFullAreForgotten() {
        Bench bench = new Bench().rate(1000);
        bench.send(1, 0, 1000);
        bench.send(1, 1, 1000);
        bench.ready = false;
        bench.lanes.get(0).discard();
        for (int step = 0; step < 100; step++) {
            bench.runFor(SECOND);
            bench.scheduler.forgetIdle(bench.now, SECOND);
        }
        assertEquals(0, bench.scheduler.flows());
    }

    @Test
    @Timeout(30)
    void lanesWhoseFlowsHaveTheSameNameDoNotCollide() {
        Bench bench = new Bench();
        Reaction outlet = new Reaction();
        for (int index = 0; index < 100_000; index++) {
            offer(bench, bench.scheduler.openLane(bench.bottleneck, 0, outlet), 1, 100);
        }
        assertEquals(100_000, bench.scheduler.flows());
    }

    @Test
    void aFlowThatWasForgottenInBetweenIsStillTheOnlyOneOfItsLane() {
        Bench bench = new Bench();
        Lane lane = bench.lanes.get(0);
        bench.send(1, 0, 100);
        bench.runFor(31 * SECOND);
        bench.scheduler.forgetIdle(bench.now, 31 * SECOND);
        assertEquals(0, bench.scheduler.flows());
        bench.rate(1000).send(1, 1, 1000);
        bench.send(1, 2, 1000);
        assertNotNull(lane.only());
        lane.flush();
        assertEquals(List.of(0, 1, 2), bench.numbersOf(1));
    }

    @Test
    void aLaneIsEmptiedAlthoughWhoHearsOfItSendsToOthers() {
        for (int flows = 100; flows < 300; flows += 10) {
            emptyWhileFlowsChangeTheirPlaces(flows);
        }
    }

    private static void emptyWhileFlowsChangeTheirPlaces(int flows) {
        Bench bench = new Bench(config(Duration.ofSeconds(1), 1 << 20), 0);
        Lane other = bench.lanes.get(0);
        int[] next = {10_000};
        Reaction outlet = new Reaction() {
            @Override
            void react() {
                for (int more = 0; more < 100; more++) {
                    offer(bench, other, next[0]++, 100);
                }
            }
        };
        Lane lane = bench.scheduler.openLane(bench.bottleneck, 0, outlet);
        IntStream.range(0, 800 - flows).forEach(flow -> offer(bench, other, flow, 100));
        bench.rate(1);
        offer(bench, other, 1000, 100);
        IntStream.range(2000, 2000 + flows).forEach(flow -> offer(bench, lane, flow, 100));
        bench.runFor(10 * SECOND);
        lane.discard();
        assertEquals(0, lane.queuedPackets(), flows + " flows");
        assertEquals(flows, outlet.dropped.size());
    }

    @Test
    void aLaneThatIsClosedByWhoHearsOfADropKeepsNothing() {
        Bench bench = new Bench(config(Duration.ofSeconds(30), 4096), 0).rate(1);
        Lane[] lane = new Lane[1];
        Reaction outlet = new Reaction() {
            @Override
            void react() {
                lane[0].discard();
            }
        };
        lane[0] = bench.scheduler.openLane(bench.bottleneck, 0, outlet);
        bench.send(1, 0, 1000);
        int offered = 0;
        while (outlet.dropped.isEmpty()) {
            assertEquals(Admission.QUEUED, offer(bench, lane[0], 2, 1000));
            offered++;
        }
        assertEquals(offered, outlet.dropped.size());
        assertEquals(0, bench.scheduler.heldBytes());
        assertEquals(0, bench.bottleneck.backlogBytes());
    }

    @Test
    void anErrorOfACalculatorCountsAsNoDelay() {
        Bench bench = new Bench().rate(1000);
        bench.send(1, 0, 1000);
        bench.delay = flow -> {
            throw new StackOverflowError();
        };
        assertEquals(Admission.QUEUED, bench.send(1, 1, 1000));
        bench.runFor(2 * SECOND);
        assertEquals(List.of(0, 1), bench.numbersOf(1));
    }

    @Test
    void anErrorOfAnOutletEndsNothingElse() {
        Bench bench = new Bench();
        Reaction outlet = new Reaction() {
            @Override
            void react() {
                throw new AssertionError("outlet");
            }
        };
        Lane lane = bench.scheduler.openLane(bench.bottleneck, 0, outlet);
        bench.delay = flow -> 10 * MILLI;
        IntStream.range(0, 5).forEach(number -> offer(bench, lane, 1, 100));
        bench.send(2, 0, 100);
        bench.runFor(20 * MILLI);
        assertEquals(5, outlet.released.size());
        assertEquals(List.of(0), bench.numbersOf(2));
        assertEquals(5, bench.scheduler.count(ShaperReason.OUTLET_FAILED));
    }

    @Test
    void theLongestIdleTimeoutIsKeptWhateverItsPhase() {
        for (int phase = 0; phase < 15; phase++) {
            Bench bench = new Bench(config(Duration.ofMinutes(15), 1 << 20), 0);
            bench.runFor(phase * 60L * SECOND);
            bench.send(1, 0, 100);
            for (int minute = 0; minute <= 31; minute++) {
                bench.runFor(60 * SECOND);
                bench.scheduler.forgetIdle(bench.now, 60 * SECOND);
                assertTrue(minute > 12 || bench.scheduler.flows() == 1);
            }
            assertEquals(0, bench.scheduler.flows(), "sent in minute " + phase);
        }
        assertThrows(IllegalArgumentException.class, () -> config(Duration.ofMinutes(16), 4096));
    }

    @Test
    void packetsThatHoldWhatNoIntCountsAreRefused() {
        SchedulerConfig roomy = new SchedulerConfig(
                List.of(FlowClass.DEFAULT), 10, Duration.ofSeconds(30), 1L << 40, Integer.MAX_VALUE, Duration.ZERO);
        Bench bench = new Bench(roomy, 0).rate(1000);
        bench.droppable = false;
        bench.send(1, 0, 1000);
        assertEquals(Admission.QUEUED, hold(bench, Integer.MAX_VALUE));
        assertEquals(Admission.REFUSED, hold(bench, Integer.MAX_VALUE));
        assertEquals(Admission.REFUSED, hold(bench, 1000));
    }

    private static Admission hold(Bench bench, int heldBytes) {
        Bench.Sent sent = new Bench.Sent(0, 1, 1, 100, bench.now);
        return bench.lanes.get(0).offer(Bench.key(1), sent, null, 100, heldBytes, bench.now);
    }

    private static SchedulerConfig config(Duration idleTimeout, int flowQueueBytes) {
        Duration patient = Duration.ofMinutes(1);
        return new SchedulerConfig(
                List.of(new FlowClass("light", 1, patient), new FlowClass("heavy", 64, patient)),
                1000,
                idleTimeout,
                64 << 20,
                flowQueueBytes,
                Duration.ofMillis(5));
    }
}
