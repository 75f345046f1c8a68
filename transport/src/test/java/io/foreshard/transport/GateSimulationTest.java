package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.GateReason;
import io.foreshard.simulator.link.CapacityTrace;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the gate between forecasts and decisions does to traffic as a whole. */
class GateSimulationTest {

    private static final double HIGH = 250_000;
    private static final double LOW = 50_000;
    private static final CapacityTrace SQUARE = CapacityTrace.repeated(Duration.ofSeconds(1), HIGH, LOW);
    private static final CapacityTrace VARYING = CapacityTrace.sampled(
            Duration.ofSeconds(1), new Random(5).doubles(120, LOW, HIGH).toArray());

    private static GateRun adverse(GateMode mode, GateRun.Seer seer, Executor executor) {
        return new GateRun(mode, VARYING, seer, executor).load(4_000, 40_000, Duration.ofMinutes(1));
    }

    @Test
    void heldShutAForecasterChangesNoPacketAndNoInstant() {
        GateRun without = new GateRun(GateMode.SHUT, SQUARE, null).load(4_000, 70_000, Duration.ofSeconds(12));
        GateRun with =
                new GateRun(GateMode.SHUT, SQUARE, GateRun.oracle(SQUARE)).load(4_000, 70_000, Duration.ofSeconds(12));
        without.close();
        with.close();
        assertTrue(without.left.size() > 1_000);
        assertEquals(without.left, with.left);
        assertEquals(without.completionNanos, with.completionNanos);
        assertEquals(List.of(), with.reasons);
    }

    static Stream<Arguments> adversaries() {
        return Stream.of(
                Arguments.of("inverted", GateRun.of((last, mean) -> 2 * mean - last)),
                Arguments.of("NaN", GateRun.of((last, mean) -> Double.NaN)),
                Arguments.of("infinite", GateRun.of((last, mean) -> Double.POSITIVE_INFINITY)),
                Arguments.of("negative", GateRun.of((last, mean) -> -mean)),
                Arguments.of("stale", GateRun.of((last, mean) -> 100_000)),
                Arguments.of("throwing", GateRun.of((last, mean) -> {
                    throw new IllegalStateException("forecaster");
                })));
    }

    @ParameterizedTest
    @MethodSource("adversaries")
    void anAdversaryNeverOpensTheGate(String name, GateRun.Seer seer) {
        GateRun free = adverse(GateMode.FREE, seer, Runnable::run);
        free.close();
        assertFalse(free.reasons.contains(GateReason.PROVEN), () -> name + ": " + free.reasons);
        assertFalse(free.reasons.contains(GateReason.ON_TRIAL), () -> name + ": " + free.reasons);
        assertEquals(Shut.COMPLETION_NANOS, free.completionNanos);
    }

    @Test
    void anExecutorThatIsShutDownLeavesNoStaleForecastInCharge() {
        long[] left = {200};
        GateRun run = new GateRun(GateMode.FREE, SQUARE, GateRun.oracle(SQUARE), task -> {
            if (left[0]-- <= 0) {
                throw new RejectedExecutionException("shut down");
            }
            task.run();
        });
        run.load(4_000, 40_000, Duration.ofSeconds(30));
        run.close();
        assertTrue(run.reasons.contains(GateReason.ON_TRIAL), () -> "" + run.reasons);
        assertEquals(GateReason.NO_SKILL, run.reasons.get(run.reasons.size() - 1));
    }

    @Test
    void anOracleOpensTheGateAndTheSlowestMessagesTakeHardlyLonger() {
        GateRun shut = new GateRun(GateMode.SHUT, SQUARE, GateRun.oracle(SQUARE));
        shut.load(4_000, 60_000, Duration.ofSeconds(200)).close();
        GateRun free = new GateRun(GateMode.FREE, SQUARE, GateRun.oracle(SQUARE));
        free.load(4_000, 60_000, Duration.ofSeconds(200)).close();
        System.out.println(String.format(
                Locale.ROOT,
                "oracle: p50 %.1f ms against %.1f, p99 %.1f ms against %.1f, %s",
                free.percentileMillis(0.5),
                shut.percentileMillis(0.5),
                free.percentileMillis(0.99),
                shut.percentileMillis(0.99),
                free.reasons));
        assertTrue(free.reasons.contains(GateReason.PROVEN), () -> "" + free.reasons);
        assertTrue(free.percentileMillis(0.5) < 1.02 * shut.percentileMillis(0.5));
        assertTrue(free.percentileMillis(0.99) < 1.02 * shut.percentileMillis(0.99));
    }

    @Test
    void aForecastDoesNotConfirmItselfOnceThePatternHasStopped() {
        double[] seconds = new double[100];
        Arrays.setAll(seconds, i -> i % 2 == 0 ? HIGH : LOW);
        double[] stopped = Arrays.copyOf(seconds, 101);
        stopped[100] = HIGH;
        CapacityTrace stops = CapacityTrace.sampled(Duration.ofSeconds(1), stopped);
        GateRun run = new GateRun(GateMode.FREE, stops, GateRun.oracle(SQUARE));
        BulkRun bulk = new BulkRun(run.pair, 4_000).feed(run.session, 100_000);
        bulk.watch(Duration.ofSeconds(100));
        List<GateReason> before = List.copyOf(run.reasons);
        bulk.watch(Duration.ofSeconds(8));
        bulk.watch(Duration.ofSeconds(10));
        System.out.println(bulk.row("after the pattern stopped", HIGH) + " " + before + " then " + run.reasons);
        run.close();
        assertTrue(before.contains(GateReason.PROVEN), () -> "" + before);
        assertTrue(bulk.utilisation(HIGH) >= 0.85, () -> "utilisation " + bulk.utilisation(HIGH));
    }

    /** What every adversary is compared with, run once. */
    private static final class Shut {
        static final List<Long> COMPLETION_NANOS = run();

        private static List<Long> run() {
            GateRun shut = adverse(GateMode.SHUT, simulation -> new NoForecast(), Runnable::run);
            shut.close();
            return shut.completionNanos;
        }
    }

    private record NoForecast() implements Forecaster {

        @Override
        public void update(double sample) {}

        @Override
        public Forecast forecast(int horizonSteps) {
            return new Forecast(new double[horizonSteps], new double[0], new double[0][], Double.NaN);
        }
    }
}
