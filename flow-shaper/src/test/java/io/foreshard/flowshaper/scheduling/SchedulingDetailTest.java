package io.foreshard.flowshaper.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowshaper.spi.FlowView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Batches, flushes, fractions of nanoseconds, the pace of drops, and what calculators are told of a flow. */
class SchedulingDetailTest {

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1000 * MILLI;

    private static final class Buffer implements Outlet {
        int unflushed;
        int flushes;

        @Override
        public void release(Object message, @Nullable Object attachment) {
            unflushed++;
        }

        @Override
        public void drop(Object message, @Nullable Object attachment, ShaperReason reason) {}

        @Override
        public void batchReleased() {
            unflushed = 0;
            flushes++;
        }
    }

    @Test
    void oneRunReleasesABatchSoThatOthersHaveTheirTurn() {
        Bench bench = new Bench().rate(1000);
        IntStream.range(0, 1000).forEach(number -> bench.send(1, number, 100));
        bench.rate(Double.POSITIVE_INFINITY);
        bench.scheduler.run(bench.now);
        assertEquals(257, bench.left.size());
        assertTrue(bench.scheduler.nextDeadlineNanos() <= bench.now);
    }

    @Test
    void everyOutletIsFlushedAfterItsLastPacketAndNotAfterEach() {
        Bench bench = new Bench().rate(1000);
        bench.send(0, 0, 1000);
        List<Buffer> outlets = List.of(new Buffer(), new Buffer());
        for (Buffer outlet : outlets) {
            Lane lane = bench.scheduler.openLane(bench.bottleneck, 0, outlet);
            IntStream.range(0, 10)
                    .forEach(number -> lane.offer(Bench.key(1), new Object(), null, 1000, 1000, bench.now));
        }
        bench.rate(Double.POSITIVE_INFINITY).runFor(MILLI);
        outlets.forEach(outlet -> assertEquals(0, outlet.unflushed));
        assertTrue(outlets.stream().allMatch(outlet -> outlet.flushes >= 1));
    }

    @Test
    void fractionsOfNanosecondsAddUp() {
        RateClock clock = new RateClock(0, 0);
        clock.change(4e9, 0);
        IntStream.range(0, 4_000_000).forEach(packet -> clock.continuesWith(1, 0));
        assertEquals(MILLI, clock.departureNanos());
    }

    @Test
    void dropsComeFasterWhileTheWaitStaysTooLong() {
        Bench bench = new Bench().rate(1e6);
        IntStream.range(0, 3500).forEach(number -> bench.send(1, number, 1000));
        bench.runFor(2500 * MILLI);
        long dropped = bench.scheduler.count(ShaperReason.DELAY_BUDGET);
        assertTrue(dropped > 50 && dropped < 150, () -> dropped + " dropped");
    }

    /** Each of 64 senders is too seldom served for one drop at a time to keep up with what it sends. */
    @Test
    void dropsCatchUpWhereManySendersDoNotReact() {
        Bench bench = new Bench().rate(0.7e6);
        for (int number = 0; number < 20_000; number++) {
            bench.send(number % 64, number, 1000);
            bench.runFor(MILLI);
        }
        long longest = bench.left.stream()
                .filter(left -> left.atNanos() > 10_000 * MILLI)
                .mapToLong(Bench.Left::waitedNanos)
                .max()
                .orElseThrow();
        assertTrue(longest < 1000 * MILLI, () -> "waits of up to " + longest / MILLI + " ms for a budget of 500");
    }

    @Test
    void dropsComeAtTheSameTimesWhenTheirClockWraps() {
        long unit = 1L << 21;
        assertEquals(droppedAt(0), droppedAt((1L << 51) - 700 * unit));
    }

    private static List<Long> droppedAt(long startNanos) {
        Bench bench = new Bench(SchedulerConfig.DEFAULT, startNanos).rate(1e6);
        IntStream.range(0, 3500).forEach(number -> bench.send(1, number, 1000));
        List<Long> counts = new ArrayList<>();
        for (int step = 0; step < 25; step++) {
            bench.runFor(100 * MILLI);
            counts.add(bench.scheduler.count(ShaperReason.DELAY_BUDGET));
        }
        return counts;
    }

    @Test
    void aStreamGoesOnWhenMostOfItsQueueHasDrainedAndNotBefore() {
        Bench bench = new Bench().rate(1e6);
        bench.droppable = false;
        int number = 0;
        while (bench.paused == null) {
            bench.send(1, number++, 10_000);
        }
        bench.runFor(900 * MILLI);
        assertTrue(bench.paused);
        bench.runFor(300 * MILLI);
        assertFalse(bench.paused);
    }

    @Test
    void aCalculatorIsToldWhatAFlowTookAndHowMuchItSends() {
        Bench bench = new Bench();
        List<FlowView> flows = new ArrayList<>();
        long[] delay = {10 * MILLI};
        bench.delay = flow -> {
            flows.add(flow);
            return delay[0];
        };
        for (int number = 0; number < 2000; number++) {
            delay[0] = number / 500 == 1 ? 10 * MILLI : 30 * MILLI;
            bench.send(1, number, 1000);
            bench.runFor(MILLI);
        }
        FlowView flow = flows.get(0);
        assertEquals(30e6, flow.latencyNanos(), 1e5);
        assertEquals(10e6, flow.leastLatencyNanos(), 1e5);
        assertEquals(1e6, flow.loadBytesPerSecond(), 5e4);
        bench.runFor(SECOND);
        bench.send(1, 2000, 1);
        assertTrue(flow.loadBytesPerSecond() < 1e5, "a pause is forgotten");
    }
}
