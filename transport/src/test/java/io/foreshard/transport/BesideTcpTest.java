package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.link.CapacityTrace;
import io.foreshard.simulator.link.Impairment;
import io.foreshard.simulator.link.ImpairmentBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One bottleneck with a tail-drop queue, shared with flows of TCP's kind; the queue is given in bandwidth-delay products. */
class BesideTcpTest {

    private static final double MEGABIT = 125_000;
    private static final Duration LOOK = Duration.ofMillis(100);

    private static ImpairmentBuilder way(int rttMillis) {
        return Impairment.builder().delay(Duration.ofNanos(rttMillis * 500_000L));
    }

    private static SimulatedPair pair(double megabits, int rttMillis, double queue) {
        double capacity = megabits * MEGABIT;
        Impairment forth = way(rttMillis)
                .rateBytesPerSecond(capacity)
                .queueBytes((long) (capacity * rttMillis / 1e3 * queue))
                .build();
        return new SimulatedPair(
                7, forth, way(rttMillis).build(), SimulatedPair.config(7).build(), 1);
    }

    private static CubicFlow rival(SimulatedPair pair, int port) {
        return new CubicFlow(pair.simulation, pair.clientNode, pair.serverNode, port);
    }

    private static boolean isCompeting(ShardSession session) {
        return ((DelayBasedRateController) SimulatedPair.engine(session).path.rate).isCompeting();
    }

    private static void feed(BulkRun run, ShardSession session, double megabits) {
        run.feed(session, (long) Math.max(400_000, megabits * MEGABIT));
    }

    @ParameterizedTest
    @CsvSource({
        "5,30,4,1,true", "5,100,1,1,true", "10,30,2,1,true",
        "5,100,2,1,false", "10,30,1,1,false", "20,10,4,1,false",
        "10,30,2,2,false"
    })
    void takesItsShareBesideTcpAndKeepsTheQueueShortWhenTcpHasLeft(
            double megabits, int rttMillis, double queue, int rivals, boolean tcpFirst) {
        double capacity = megabits * MEGABIT;
        try (SimulatedPair pair = pair(megabits, rttMillis, queue)) {
            BulkRun run = new BulkRun(pair, 20_000);
            List<CubicFlow> flows = new ArrayList<>();
            for (int i = 0; i < rivals; i++) {
                flows.add(rival(pair, 5000 + i));
            }
            ShardSession session = pair.connect();
            if (tcpFirst) {
                flows.forEach(CubicFlow::start);
            } else {
                feed(run, session, megabits);
            }
            pair.simulation.runFor(Duration.ofSeconds(3));
            if (tcpFirst) {
                feed(run, session, megabits);
            } else {
                flows.forEach(CubicFlow::start);
            }
            pair.simulation.runFor(Duration.ofSeconds(5));
            run.watch(Duration.ofSeconds(20));
            double share = run.utilisation(capacity) * (rivals + 1);
            flows.forEach(CubicFlow::stop);
            pair.simulation.runFor(Duration.ofSeconds(7));
            run.watch(Duration.ofSeconds(3));
            String name =
                    String.format(Locale.ROOT, "%.0f Mbit/s, %d ms, %.0f: %.2f", megabits, rttMillis, queue, share);
            System.out.println(run.row(name, capacity));
            assertTrue(share >= 0.5 && share <= 2, () -> "share " + share);
            assertFalse(isCompeting(session));
            assertTrue(run.queueMillis(0.95, capacity) < 2 * Math.max(7, rttMillis / 4.0), name);
            assertTrue(run.utilisation(capacity) > 0.85, name);
        }
    }

    @ParameterizedTest
    @CsvSource({"1,30", "5,5", "5,30", "10,5", "10,100"})
    void anotherOfOurKindIsNotTakenForTcp(double megabits, int rttMillis) {
        try (SimulatedPair pair = deepPair(megabits, rttMillis)) {
            List<ShardSession> all = new ArrayList<>();
            assertEquals(0, join(pair, all, megabits));
            assertEquals(0, join(pair, all, megabits));
            assertEquals(0, competing(pair, all, Duration.ofSeconds(4)));
        }
    }

    @Test
    void threeOfOurKindComeToRestWithAShortQueue() {
        try (SimulatedPair pair = deepPair(10, 30)) {
            List<ShardSession> all = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                join(pair, all, 10);
            }
            pair.simulation.runFor(Duration.ofSeconds(15));
            BulkRun run = new BulkRun(pair, 10_000).watch(Duration.ofSeconds(3));
            assertEquals(0, all.stream().filter(BesideTcpTest::isCompeting).count());
            assertTrue(run.queueMillis(0.95, 10 * MEGABIT) < 40, () -> run.row("three", 10 * MEGABIT));
        }
    }

    private static SimulatedPair deepPair(double megabits, int rttMillis) {
        return pair(megabits, rttMillis, 300_000 / (megabits * MEGABIT * rttMillis / 1e3));
    }

    /** Adds a busy session; returns how often any was seen competing in the next seconds. */
    private static long join(SimulatedPair pair, List<ShardSession> all, double megabits) {
        all.add(pair.connect());
        feed(new BulkRun(pair, 10_000), all.get(all.size() - 1), megabits / 2);
        return competing(pair, all, Duration.ofSeconds(3));
    }

    private static long competing(SimulatedPair pair, List<ShardSession> sessions, Duration length) {
        long seen = 0;
        for (long i = 0; i < length.dividedBy(LOOK); i++) {
            pair.simulation.runFor(LOOK);
            seen += sessions.stream().filter(BesideTcpTest::isCompeting).count();
        }
        return seen;
    }

    @ParameterizedTest
    @CsvSource({"10,500", "40,2000", "100,1000"})
    void aCapacityThatSlidesAwayIsNotTakenForTcp(int rttMillis, int slopeMillis) {
        double high = 10 * MEGABIT;
        CapacityTrace trace = CapacityTrace.constant(high)
                .withSlopedEpisode(
                        Duration.ofSeconds(3), Duration.ofMillis(slopeMillis), Duration.ofSeconds(3), high / 10, 20);
        Impairment forth = way(rttMillis).capacity(trace).queueBytes(1_000_000).build();
        try (SimulatedPair pair = new SimulatedPair(
                3, forth, way(rttMillis).build(), SimulatedPair.config(3).build(), 1)) {
            ShardSession session = pair.connect();
            feed(new BulkRun(pair, 20_000), session, 10);
            assertEquals(0, competing(pair, List.of(session), Duration.ofSeconds(10)));
        }
    }

    @Test
    void twoThatCompetedWithTcpDoNotGoOnCompetingWithEachOther() {
        double capacity = 10 * MEGABIT;
        try (SimulatedPair pair = pair(10, 30, 4)) {
            BulkRun run = new BulkRun(pair, 20_000);
            List<ShardSession> sessions = List.of(pair.connect(), pair.connect());
            sessions.forEach(session -> feed(run, session, 5));
            CubicFlow tcp = rival(pair, 5000).start();
            assertTrue(competing(pair, sessions, Duration.ofSeconds(20)) > 0);
            tcp.stop();
            pair.simulation.runFor(Duration.ofSeconds(15));
            run.watch(Duration.ofSeconds(3));
            assertEquals(0, sessions.stream().filter(BesideTcpTest::isCompeting).count());
            assertTrue(run.queueMillis(0.95, capacity) < 30, () -> run.row("after", capacity));
        }
    }
}
