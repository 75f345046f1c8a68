package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.link.CapacityTrace;
import io.foreshard.simulator.link.Impairment;
import io.foreshard.simulator.link.ImpairmentBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bounds on utilisation are shares of the link's raw capacity; headers alone cost 4.7 % of it, and a drain every 5 s up to 1 %. Bounds
 * on the queue follow from the controller's target: an eighth of the base round trip, at least 5 ms, and a quarter of a round trip per
 * square root of the packets in the pipe.
 */
class RateControlTest {

    private static final double MEGABIT = 125_000;

    private static ImpairmentBuilder path(double megabits, int rttMillis) {
        return Impairment.builder()
                .rateBytesPerSecond(megabits * MEGABIT)
                .delay(Duration.ofNanos(rttMillis * 500_000L))
                .queueBytes((long) Math.max(500_000, megabits * MEGABIT));
    }

    private static SimulatedPair pair(long seed, Impairment path) {
        return new SimulatedPair(seed, path);
    }

    private static long enough(double megabits) {
        return (long) Math.max(400_000, megabits * MEGABIT);
    }

    private static double targetMillis(double megabits, int rttMillis) {
        double packets = Math.max(1, megabits * MEGABIT * rttMillis / 1e3 / 1200);
        double least = Math.max(5, rttMillis / 8.0);
        return least + Math.min(3 * least, rttMillis * (1 / packets + 0.25 / Math.sqrt(packets)));
    }

    @ParameterizedTest
    @CsvSource({"1,5", "1,50", "1,200", "10,5", "10,50", "10,200", "100,5", "100,50"})
    void usesMostOfALinkAndKeepsADeepQueueShort(double megabits, int rttMillis) {
        double capacity = megabits * MEGABIT;
        try (SimulatedPair pair = pair(1, path(megabits, rttMillis).build())) {
            BulkRun run = new BulkRun(pair, megabits < 5 ? 20_000 : 60_000).feed(pair.connect(), enough(megabits));
            run.watch(Duration.ofSeconds(3));
            run.watch(Duration.ofSeconds(megabits > 50 ? 2 : 20));
            System.out.println(run.row(megabits + " Mbit/s, " + rttMillis + " ms", capacity));
            assertTrue(run.utilisation(capacity) >= 0.85, () -> "utilisation " + run.utilisation(capacity));
            double leastWindowMillis = 5 * 1200 / capacity * 1e3;
            double bound = 2 * Math.max(targetMillis(megabits, rttMillis), leastWindowMillis);
            double p95 = run.queueMillis(0.95, capacity);
            assertTrue(p95 <= bound, () -> "p95 " + p95 + " ms, bound " + bound);
        }
    }

    @Test
    void aLongTransferDoesNotTakeItsOwnQueueForThePath() {
        double capacity = 10 * MEGABIT;
        try (SimulatedPair pair = pair(2, path(10, 40).build())) {
            ShardSession session = pair.connect();
            BulkRun run = new BulkRun(pair, 60_000).feed(session, enough(10));
            run.watch(Duration.ofSeconds(50));
            run.watch(Duration.ofSeconds(10));
            System.out.println(run.row("after 50 s", capacity));
            assertTrue(
                    session.stats().minRttNanos() < 44_000_000L,
                    () -> "base " + session.stats().minRttNanos());
            assertTrue(run.queueMillis(0.95, capacity) <= 2 * targetMillis(10, 40));
        }
    }

    @Test
    void followsACapacityThatFallsToAFifthAndComesBack() {
        double high = 10 * MEGABIT;
        double low = high / 5;
        CapacityTrace trace =
                CapacityTrace.constant(high).withEpisode(Duration.ofSeconds(5), Duration.ofSeconds(5), low);
        Impairment forth = path(10, 40).capacity(trace).build();
        try (SimulatedPair pair = new SimulatedPair(
                3, forth, path(10, 40).build(), SimulatedPair.config(3).build(), 1)) {
            BulkRun run = new BulkRun(pair, 20_000).feed(pair.connect(), enough(10));
            run.watch(Duration.ofSeconds(6));
            double worst = run.queueMillis(1, low);
            run.watch(Duration.ofSeconds(3));
            System.out.println(run.row("a second after the fall", low) + ", worst " + worst + " ms");
            // What was in flight at the fall, base and twice the target, takes five times as long.
            double bound = 5 * (40 + 2 * targetMillis(10, 40));
            assertTrue(worst < 1.2 * bound, () -> "worst " + worst + ", bound " + bound);
            assertTrue(run.queueMillis(0.95, low) < 3 * targetMillis(2, 40));
            assertTrue(run.utilisation(low) > 0.8);
            run.watch(Duration.ofSeconds(2));
            run.watch(Duration.ofSeconds(3));
            System.out.println(run.row("a second after the rise", high));
            assertTrue(run.utilisation(high) > 0.85, () -> "utilisation " + run.utilisation(high));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3000, 6000, 12_000})
    void aPolicerLosesLittle(int queueBytes) {
        double capacity = 10 * MEGABIT;
        try (SimulatedPair pair = pair(4, path(10, 40).queueBytes(queueBytes).build())) {
            BulkRun run = new BulkRun(pair, 20_000).feed(pair.connect(), enough(10));
            run.watch(Duration.ofSeconds(2));
            run.watch(Duration.ofSeconds(10));
            System.out.println(run.row("queue of " + queueBytes + " B", capacity));
            // One round in eight asks for a quarter more: 0.2 / 8 is lost, and its losses lie a little in the next.
            assertTrue(run.queueLossRatio() < 0.055, () -> "loss " + run.queueLossRatio());
            assertTrue(run.utilisation(capacity) > 0.85, () -> "utilisation " + run.utilisation(capacity));
        }
    }

    @ParameterizedTest
    @CsvSource({"10,0.05", "50,0.1", "250,0.05", "250,0.1"})
    void randomLossCostsLittleMoreThanItself(int rttMillis, double loss) {
        double capacity = 10 * MEGABIT;
        try (SimulatedPair pair = pair(5, path(10, rttMillis).loss(loss).build())) {
            ShardSession session = pair.connect();
            BulkRun run = new BulkRun(pair, 20_000).feed(session, enough(10));
            run.watch(Duration.ofSeconds(4));
            run.watch(Duration.ofSeconds(15));
            System.out.println(run.row("loss " + loss + ", " + rttMillis + " ms", capacity));
            assertTrue(run.utilisation(capacity) > 0.8 * (1 - loss), () -> "utilisation " + run.utilisation(capacity));
            SessionStats stats = session.stats();
            double repaired = (double) stats.repairedPackets() / stats.sentPackets();
            assertTrue(repaired < loss + 0.02, () -> "repaired " + repaired);
        }
    }

    @Test
    void aLateComerGetsItsShare() {
        double capacity = 10 * MEGABIT;
        try (SimulatedPair pair = pair(6, path(10, 40).build())) {
            ShardSession first = pair.connect();
            ShardSession second = pair.connect();
            pair.simulation.runFor(Duration.ofMillis(200));
            Map<ShardSession, Long> got = new HashMap<>();
            BulkRun run = new BulkRun(pair, 20_000).feed(first, 1_000_000).watch(Duration.ofSeconds(3));
            run.feed(second, 1_000_000).watch(Duration.ofSeconds(5));
            pair.atServer.onEach = (from, info) -> got.merge(from, info.totalBytes(), Long::sum);
            run.watch(Duration.ofSeconds(10));
            System.out.println(run.row("two sessions", capacity) + ", bytes " + got.values());
            double fair = run.goodputBytesPerSecond() * 10 / 2;
            got.values().forEach(bytes -> assertTrue(bytes > 0.4 * fair && bytes < 2.5 * fair, () -> "bytes " + got));
            assertTrue(got.size() == 2);
        }
    }
}
