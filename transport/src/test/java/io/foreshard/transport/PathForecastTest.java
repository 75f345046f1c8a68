package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathForecastTest {

    private static final long STEP = 50_000_000L;

    private final List<Double> samples = new ArrayList<>();
    private final PathForecast forecast = new PathForecast(STEP, Recording::new);

    private final class Recording implements Forecaster {

        @Override
        public void update(double sample) {
            samples.add(sample);
        }

        @Override
        public Forecast forecast(int horizonSteps) {
            return new Forecast(new double[horizonSteps], new double[0], new double[0][], Double.NaN);
        }
    }

    private int look(long nowNanos) {
        samples.clear();
        forecast.next(nowNanos, 1, 2, 0.5, 0);
        return samples.size() / 3;
    }

    @Test
    void stepsThatNobodyLookedAtAreStepsWithoutASampleSoThatSeasonsKeepTheirPhase() {
        assertEquals(1, look(7 * STEP));
        assertEquals(1, look(8 * STEP + STEP * 4 / 10));
        assertEquals(1, look(9 * STEP));
        assertEquals(4, look(13 * STEP));
        assertEquals(List.of(Double.NaN, Double.NaN, Double.NaN), samples.subList(0, 3));
        assertEquals(List.of(1.0, 2.0, 0.5), samples.subList(9, 12), "capacity, latency, loss");
        assertEquals(1025, look(1_000_000 * STEP), "bounded");
    }
}
