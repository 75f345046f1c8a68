package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.link.CapacityTrace;
import io.foreshard.simulator.link.Impairment;
import io.foreshard.simulator.link.ImpairmentBuilder;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapacitySearchTest {

    private static final double CAPACITY = 12.5e6;
    private static final long MILLI = 1_000_000L;
    private static final long TARGET = 8 * MILLI;
    private static final int LOOKS_PER_ROUND = 4;

    private final CapacitySearch search = new CapacitySearch();
    private long round;

    private static ImpairmentBuilder path(int rttMillis, double loss) {
        return Impairment.builder()
                .rateBytesPerSecond(CAPACITY)
                .delay(Duration.ofNanos(rttMillis * MILLI / 2))
                .queueBytes((long) (CAPACITY * rttMillis / 1e3))
                .loss(loss);
    }

    /** Returns after how many round trips of a busy session the pace is at 80 % of the capacity; looks for so many at most. */
    private static double roundsUntilFast(SimulatedPair pair, ShardSession session, int rttMillis, int most) {
        for (int look = 1; look <= most * LOOKS_PER_ROUND; look++) {
            pair.simulation.runFor(Duration.ofMillis(rttMillis).dividedBy(LOOKS_PER_ROUND));
            if (session.stats().rateBytesPerSecond() >= 0.8 * CAPACITY) {
                return (double) look / LOOKS_PER_ROUND;
            }
        }
        return Double.MAX_VALUE;
    }

    private static double roundsOfStart(long seed, int rttMillis, double loss, int most, Consumer<SimulatedPair> with) {
        try (SimulatedPair pair = new SimulatedPair(seed, path(rttMillis, loss).build())) {
            ShardSession session = pair.connect();
            with.accept(pair);
            new BulkRun(pair, 60_000).feed(session, (long) CAPACITY);
            return roundsUntilFast(pair, session, rttMillis, most);
        }
    }

    /** Doubling from ten packets takes 9 round trips at 250 ms; 16 are allowed with a tenth lost, both ways. */
    @ParameterizedTest
    @CsvSource({"50, 0, 1, 1, 14", "250, 0, 1, 1, 14", "50, 0.1, 1, 5, 16", "250, 0.1, 50, 54, 16"})
    void randomLossDoesNotEndTheStart(int rttMillis, double loss, long firstSeed, long lastSeed, int most) {
        for (long seed = firstSeed; seed <= lastSeed; seed++) {
            double rounds = roundsOfStart(seed, rttMillis, loss, most, pair -> {});
            assertTrue(rounds <= most, "seed " + seed + ": " + rounds + " round trips");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 5, 6, 7, 10})
    void aStartThatABusyMachineEndsIsMadeGood(long seed) {
        double rounds = roundsOfStart(seed, 250, 0.1, 32, pair -> {
            Stalls.of(pair.clientChannels.get(0), seed, 100);
            Stalls.of(pair.serverChannels.get(0), -seed, 100);
        });
        assertTrue(rounds <= 32, () -> rounds + " round trips");
    }

    @ParameterizedTest
    @CsvSource({"250, 0, 12", "50, 0, 12", "250, 0.01, 16", "50, 0.01, 16", "250, 0.1, 20", "50, 0.1, 30"})
    void aCapacityThatComesBackIsFoundByDoubling(int rttMillis, double loss, int most) {
        CapacityTrace trace =
                CapacityTrace.constant(CAPACITY).withEpisode(Duration.ZERO, Duration.ofSeconds(4), CAPACITY / 20);
        Impairment forth = path(rttMillis, loss).capacity(trace).build();
        Impairment back = path(rttMillis, loss).build();
        for (long seed = 1; seed <= 3; seed++) {
            try (SimulatedPair pair = new SimulatedPair(
                    seed, forth, back, SimulatedPair.config(seed).build(), 1)) {
                long riseNanos = pair.simulation.nowNanos() + 4_000 * MILLI;
                ShardSession session = pair.connect();
                new BulkRun(pair, 60_000).feed(session, (long) CAPACITY);
                pair.simulation.runFor(Duration.ofNanos(riseNanos - pair.simulation.nowNanos()));
                assertTrue(session.stats().rateBytesPerSecond() < CAPACITY / 10, "seed " + seed);
                double rounds = roundsUntilFast(pair, session, rttMillis, most);
                assertTrue(rounds <= most, "seed " + seed + ": " + rounds + " round trips");
            }
        }
    }

    /** Ends a round trip whose packets had left with some gain. */
    private double step(double gain, long capacity, long queueNanos, boolean warned) {
        search.onGain(gain);
        search.endRound(++round, capacity, capacity, queueNanos, TARGET, warned, false);
        return search.gain();
    }

    private void endStart() {
        search.end();
        step(1.25, 1000, 0, false);
    }

    @Test
    void whoAskedForMoreAndGotItAsksForTwiceAsMuchMore() {
        endStart();
        assertEquals(1.25, step(1.25, 1250, 0, false), "a quarter was asked for and seen");
        assertEquals(1.5, step(1.5, 1560, 0, false));
        assertEquals(2, step(2, 2300, 0, false));
        assertEquals(2, step(2, 4600, 0, false), "a start's doubling is the most");
        assertEquals(0, step(2, 5000, 0, false), "what was asked for did not come");
    }

    @Test
    void aClimbEndsWithTheFirstQueueOrUnusualLoss() {
        endStart();
        assertEquals(1.25, step(1.25, 1250, TARGET / 4 - 1, false));
        assertEquals(0, step(1.25, 1560, TARGET / 4, false));
        assertEquals(1.25, step(1.25, 1950, 0, false));
        assertEquals(0, step(1.25, 2430, 0, true));
    }

    @Test
    void aRoundTripThatAskedForNothingSaysNothing() {
        endStart();
        assertEquals(1.25, step(1, 1250, 0, false));
        assertEquals(1.25, step(1.25, 1250, 0, false), "what settled now had left with a gain of 1");
        assertEquals(1.5, step(1.5, 1560, 0, false));
    }

    @Test
    void probesGetMoreSeldomUntilOneRoundTripInEight() {
        search.end();
        StringBuilder probes = new StringBuilder();
        for (int i = 0; i < 32; i++) {
            step(1, 1000, 0, false);
            probes.append(search.isProbing(round) ? 'x' : '.');
        }
        assertEquals(".x...x.......x.......x.......x..", probes.toString());
    }

    private static boolean judge(boolean starting, int packets, int lost) {
        LossWatch watch = new LossWatch(1200);
        watch.onAck((packets - lost) * 1200L);
        watch.onLoss(lost * 1200L);
        return watch.endRound(1, false, starting);
    }

    @Test
    void aFewPacketsLostByChanceDoNotSpeakOfTheCapacity() {
        assertFalse(judge(true, 40, 13), "one sample in ten thousand of a path that loses a tenth loses more");
        assertTrue(judge(true, 40, 20), "half is what twice the capacity loses");
        assertTrue(judge(true, 1000, 250));
        assertFalse(judge(true, 39, 39), "too few to tell");
        assertTrue(judge(false, 40, 9), "after the start one mistake costs little");
        assertFalse(judge(false, 40, 8));
    }

    @Test
    void unusualLossWarns() {
        LossWatch watch = new LossWatch(1200);
        int[] lost = {10, 10, 10, 14, 30};
        boolean[] warns = {false, false, false, false, true};
        for (int i = 0; i < lost.length; i++) {
            watch.onAck((100 - lost[i]) * 1200L);
            watch.onLoss(lost[i] * 1200L);
            watch.endRound(i, i == 4, false);
            assertEquals(warns[i], watch.isWarning(), "round " + i);
        }
    }

    @Test
    void aLossAmongTooFewToTellWarnsTooAndNoneDoesNot() {
        LossWatch watch = new LossWatch(1200);
        watch.onAck(38 * 1200L);
        watch.onLoss(1200);
        watch.endRound(1, false, false);
        assertTrue(watch.isWarning());
        watch.onAck(39 * 1200L);
        watch.endRound(2, false, false);
        assertFalse(watch.isWarning());
        watch.onAck(39 * 1200L);
        watch.onLoss(1200);
        watch.endRound(3, false, false);
        assertFalse(watch.isWarning(), "one of 40 is what is usual and its chance");
    }

    @Test
    void muchLossThatIsUsualWarnsToo() {
        LossWatch watch = new LossWatch(1200);
        watch.onAck(84 * 1200L);
        watch.onLoss(16 * 1200L);
        watch.endRound(1, false, false);
        assertTrue(watch.isWarning(), "it may be our own doing");
    }
}
