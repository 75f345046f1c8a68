package io.foreshard.stackvirt.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class ForecastFeedTest {

    private static final int SLOTS = 20_000;

    /** Gives the traffic what the peaks say, and returns the coding cost of its probabilities for the first and second stack. */
    private static double cost(int[] peaks, Optional<ForecastFeed> feed) {
        KindTraffic traffic = new KindTraffic(new TrafficExperience(), Optional.empty(), feed, 10, 1000);
        double cost = 0;
        for (int slot = 0; slot < peaks.length; slot++) {
            for (int i = 0; i < peaks[slot]; i++) {
                traffic.arrived(slot * 1000L + 300);
            }
            for (int i = 0; i < peaks[slot]; i++) {
                traffic.answered(slot * 1000L + 600);
            }
            traffic.tick(slot * 1000L + 1000);
            for (int stack = 1; stack <= 2 && slot > 2000 && slot < peaks.length - 2; stack++) {
                int most = Math.max(peaks[slot + 1], peaks[slot + 2]);
                double probability =
                        Math.min(0.9999, Math.max(1e-4, traffic.outlook().probability(stack)));
                cost -= Math.log(most > (stack - 1) * 10 ? probability : 1 - probability);
            }
        }
        return cost;
    }

    private static ForecastFeed feed(Forecaster forecaster) {
        return new ForecastFeed(forecaster, Runnable::run, EngineObserver.NOOP);
    }

    private static double at(int[] peaks, int step) {
        return step < peaks.length ? peaks[step] : 0;
    }

    @Test
    void oneThatKnowsTheFutureMakesForecastsFarBetter() {
        for (long seed = 1; seed <= 3; seed++) {
            int[] peaks = Foretellers.peaks(SLOTS, seed);
            double without = cost(peaks, Optional.empty());
            double with = cost(peaks, Optional.of(feed(Foretellers.saying(step -> at(peaks, step)))));
            assertTrue(with < 0.2 * without, with + " nats against " + without + ", seed " + seed);
        }
    }

    @Test
    void onesThatLieCostNextToNothing() {
        for (long seed = 1; seed <= 3; seed++) {
            int[] peaks = Foretellers.peaks(SLOTS, seed);
            int[] others = Foretellers.peaks(SLOTS, seed + 1000);
            double without = cost(peaks, Optional.empty());
            List<Foretellers.Series> liars = List.of(
                    step -> at(others, step),
                    step -> at(peaks, step) > 0 ? 0 : 25,
                    step -> 1000,
                    step -> step % 7000 < 3500 ? at(peaks, step) : 25 - at(peaks, step));
            for (int liar = 0; liar < liars.size(); liar++) {
                double with = cost(peaks, Optional.of(feed(Foretellers.saying(liars.get(liar)))));
                assertTrue(
                        with < 1.03 * without,
                        "liar " + liar + ": " + with + " nats against " + without + ", seed " + seed);
            }
        }
    }

    @Test
    void oneThatBreaksIsLeftOutAndRestsLongerEachTime() {
        List<String> counted = new ArrayList<>();
        ForecastFeed feed =
                new ForecastFeed(Foretellers.broken(), Runnable::run, (reason, amount) -> counted.add(reason.name()));
        int[] peaks = Foretellers.peaks(SLOTS, 4);
        assertEquals(cost(peaks, Optional.empty()), cost(peaks, Optional.of(feed)));
        assertFalse(counted.isEmpty());
        assertTrue(counted.size() < 12, "asked " + counted.size() + " times");
        assertTrue(counted.stream().allMatch("FORECAST_FAILED"::equals), counted::toString);
    }

    @Test
    void answersThatAreTooShortAndExecutorsThatRefuseCountAsFailures() {
        List<String> counted = new ArrayList<>();
        Forecaster shortSighted = new Forecaster() {
            @Override
            public void update(double sample) {}

            @Override
            public Forecast forecast(int horizonSteps) {
                return Foretellers.of(1);
            }
        };
        EngineObserver observer = (reason, amount) -> counted.add(reason.name());
        new ForecastFeed(shortSighted, Runnable::run, observer).slot(1, 0, 2);
        ForecastFeed refused = new ForecastFeed(
                Foretellers.saying(step -> 1),
                task -> {
                    throw new RejectedExecutionException();
                },
                observer);
        refused.slot(1, 0, 2);
        assertEquals(List.of("FORECAST_FAILED", "FORECAST_FAILED"), counted);
        assertTrue(Double.isNaN(refused.exceeds(0.5, 2)));
    }

    @Test
    void whatComesLateReachesAsFarAsItReachesAndThenIsLeftOut() {
        List<String> counted = new ArrayList<>();
        Deque<Runnable> tasks = new ArrayDeque<>();
        ForecastFeed feed = new ForecastFeed(
                Foretellers.saying(step -> step == 3 ? 1 : 0),
                tasks::add,
                (reason, amount) -> counted.add(reason.name()));
        feed.slot(100, 0, 2);
        assertTrue(Double.isNaN(feed.exceeds(0.5, 2)), "not answered");
        tasks.remove().run();
        feed.slot(101, 0, 2);
        assertTrue(feed.exceeds(0.5, 2) > 0.9, "the slot after the next, by an answer of the slot before");
        assertEquals(List.of("FORECAST_LATE"), counted, "the first had no answer at all");
        feed.slot(102, 0, 2);
        assertTrue(feed.exceeds(0.5, 2) > 0.9, "the next slot, by an answer two slots old");
        feed.slot(103, 0, 2);
        assertTrue(Double.isNaN(feed.exceeds(0.5, 2)));
        assertEquals(List.of("FORECAST_LATE", "FORECAST_LATE"), counted);
        assertEquals(1, tasks.size(), "one task at a time");
    }

    @Test
    void theSeriesStaysInStepWhateverWasLeftOut() {
        List<Double> samples = new ArrayList<>();
        Deque<Runnable> tasks = new ArrayDeque<>();
        Forecaster listening = new Forecaster() {
            @Override
            public void update(double sample) {
                samples.add(sample);
            }

            @Override
            public Forecast forecast(int horizonSteps) {
                return Foretellers.of(new double[horizonSteps]);
            }
        };
        ForecastFeed feed = new ForecastFeed(listening, tasks::add, EngineObserver.NOOP);
        feed.slot(10, 1, 2);
        feed.slot(11, 2, 2);
        feed.slot(14, 3, 2);
        tasks.remove().run();
        feed.slot(15, 4, 2);
        tasks.remove().run();
        assertEquals(List.of(1.0, 2.0, Double.NaN, Double.NaN, 3.0, 4.0), samples);
        for (int slot = 16; slot < 16 + 5000; slot++) {
            feed.slot(slot, 5, 2);
        }
        tasks.remove().run();
        feed.slot(16 + 5000, 5, 2);
        tasks.remove().run();
        assertEquals(6 + 5001, samples.size());
    }

    @Test
    void quantilesGiveTheTailBetweenAndBeyondThem() {
        Forecast forecast = new Forecast(
                new double[] {4}, new double[] {0.1, 0.5, 0.9}, new double[][] {{2}, {4}, {8}}, Double.NaN);
        DemandTail tail = DemandTail.of(forecast, 1);
        assertEquals(0.7, tail.exceeds(3), 1e-9);
        assertEquals(0.1, tail.exceeds(8), 1e-9);
        double last = 1;
        for (double messages = -5; messages < 50; messages += 0.25) {
            double now = tail.exceeds(messages);
            assertTrue(now >= 0 && now <= last, "falls: " + now + " after " + last + " at " + messages);
            last = now;
        }
        assertTrue(last < 1e-4, "far beyond: " + last);
    }
}
