package io.foreshard.flowshaper.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.GateListener;
import io.foreshard.coreapi.GateMode;
import io.foreshard.coreapi.PathSample;
import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.simulator.fluid.FluidQueue;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A capacity that halves for a second in every four, as telemetry reports, and demand in between. */
class CapacityForecastTest {

    private static final double CAPACITY = 1e6;
    private static final long STEP = 10_000_000;
    private static final int STEPS_PER_CYCLE = 40;
    private static final int SECONDS = 240;

    private static double capacity(long nanos) {
        return (Math.floorMod(nanos, 4_000_000_000L) < 1_000_000_000L ? 0.5 : 1) * CAPACITY;
    }

    /** What a forecaster says, given how many steps of 100 ms it was told of and how many it looks ahead. */
    private static Forecaster saying(IntToDoubleFunction atStep) {
        return new Forecaster() {
            private int told;

            @Override
            public void update(double sample) {
                told++;
            }

            @Override
            public Forecast forecast(int horizonSteps) {
                double[] mean = new double[horizonSteps];
                for (int i = 0; i < horizonSteps; i++) {
                    mean[i] = atStep.applyAsDouble(told + i);
                }
                return new Forecast(mean, new double[0], new double[0][], Double.NaN);
            }
        };
    }

    private static double seasonal(int step) {
        return (Math.floorMod(step, STEPS_PER_CYCLE) < STEPS_PER_CYCLE / 4 ? 0.5 : 1) * CAPACITY;
    }

    private enum Oracle {
        INVERTED,
        NOT_A_NUMBER,
        ZERO,
        STALE,
        HUGE;

        double says(int step) {
            return switch (this) {
                case INVERTED -> 1.5 * CAPACITY - seasonal(step);
                case NOT_A_NUMBER -> Double.NaN;
                case ZERO -> 0;
                case STALE -> seasonal(step + STEPS_PER_CYCLE / 2);
                case HUGE -> Double.MAX_VALUE;
            };
        }
    }

    /** What it was worth: mean wait over both queues, and how much went through, in the second half. */
    private record Outcome(double waitSeconds, double rate, boolean everForecast, BottleneckWatch watch) {}

    private static BottleneckWatch.Builder builder() {
        return BottleneckWatch.builder("forecast");
    }

    private static BottleneckWatch with(Forecaster forecaster, GateMode mode, Executor executor) {
        return builder()
                .forecaster(forecaster, executor, Duration.ofMillis(100))
                .gate(mode, 0.02, 7, GateListener.NOOP)
                .build();
    }

    private static Outcome run(BottleneckWatch watch) {
        DelayCalculator law = PacedDelayCalculator.builder().build();
        FluidQueue queue = new FluidQueue(0.001, 40);
        double rate = DelayCalculator.UNLIMITED;
        double backlog = 0;
        double wait = 0;
        double through = 0;
        double arrived = 0;
        double released = 0;
        boolean forecast = false;
        int ticks = SECONDS * 1000;
        for (int k = 1; k <= ticks; k++) {
            long now = k * 1_000_000L;
            double offered = 0.8 * CAPACITY * 0.001;
            backlog += offered;
            double out = Math.min(backlog, rate * 0.001);
            backlog -= out;
            arrived += offered;
            released += out;
            queue.tick(out * 1000, capacity(now));
            if (k > ticks / 2) {
                wait += queue.delaySeconds() + backlog / CAPACITY;
                through += out;
            }
            if (now % STEP == 0) {
                long latency = (long) (40e6 + queue.seenSeconds() * 1e9);
                PathSample sample = new PathSample(latency, capacity(now), Double.NaN, 0, 1);
                BottleneckView view =
                        watch.step(now, sample, null, (long) arrived, (long) released, (long) backlog, rate);
                forecast |= !Double.isNaN(view.expectedCapacityBytesPerSecond());
                rate = law.rateBytesPerSecond(view, now);
                arrived = 0;
                released = 0;
            }
        }
        return new Outcome(2 * wait / ticks, 2000 * through / ticks, forecast, watch);
    }

    @Test
    void saysNothingWhileItsGateIsHeldShut() {
        Outcome without = run(builder().build());
        Outcome shut = run(with(saying(CapacityForecastTest::seasonal), GateMode.SHUT, Runnable::run));
        assertEquals(false, shut.everForecast);
        assertEquals(without.waitSeconds, shut.waitSeconds);
        assertEquals(without.rate, shut.rate);
    }

    @Test
    void speaksOnceItHasProvenThatItKnows() {
        Outcome free = run(with(saying(CapacityForecastTest::seasonal), GateMode.FREE, Runnable::run));
        assertTrue(free.everForecast);
    }

    @ParameterizedTest
    @EnumSource(Oracle.class)
    void doesNoHarmWhenItIsWrong(Oracle oracle) {
        Outcome without = run(builder().build());
        Outcome misled = run(with(saying(oracle::says), GateMode.FREE, Runnable::run));
        assertTrue(misled.waitSeconds <= 1.02 * without.waitSeconds, () -> misled + " against " + without);
        assertTrue(misled.rate >= 0.98 * without.rate, () -> misled + " against " + without);
    }

    @Test
    void goesOnWithoutAForecasterThatFails() {
        Outcome without = run(builder().build());
        Outcome broken = run(with(
                saying(step -> {
                    throw new IllegalStateException("no idea");
                }),
                GateMode.FREE,
                Runnable::run));
        assertEquals(without.rate, broken.rate);
        assertTrue(broken.watch.forecastFailures() > 1000);
        Outcome refused = run(with(saying(CapacityForecastTest::seasonal), GateMode.FREE, task -> {
            throw new RejectedExecutionException("full");
        }));
        assertEquals(without.rate, refused.rate);
        assertTrue(refused.watch.forecastFailures() > 1000);
    }
}
