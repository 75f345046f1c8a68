package io.foreshard.forecast.backtest;

import io.foreshard.coreapi.Forecaster;
import io.foreshard.forecast.model.FittedModel;
import io.foreshard.forecast.model.StreamingModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs named methods over series by rolling origin: at each origin a method forecasts the next steps from what came before, and is scored
 * by what came then. The naive and the seasonal naive forecast always run along.
 *
 * <p>Immutable, safe for any thread. Methods are called on the threads of the executor and on the caller's, several at a time, each
 * forecaster on one thread at a time. Where a method throws, the forecast counts as a failure and the others go on. With methods that give
 * the same forecasts for the same samples, the result is the same, bit for bit, however many threads work.
 */
public final class Backtest {

    /** The name of the reference, which repeats the last season. */
    public static final String SEASONAL_NAIVE = "seasonal-naive";

    /** The name of the method that repeats the last sample; with a season of 1 step it is {@link #SEASONAL_NAIVE} itself. */
    public static final String NAIVE = "naive";

    private final BacktestSettings settings;
    private final List<Method> methods;
    private final Executor executor;
    private final int helpers;
    private final BacktestProgress progress;

    private Backtest(Builder builder) {
        settings = builder.settings();
        methods = builder.allMethods();
        executor = builder.executor;
        helpers = builder.helpers;
        progress = builder.progress;
    }

    /** Returns a builder with the defaults: 24 steps ahead, 8 origins, season 1, refit at each origin, on the caller's thread. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Runs all methods over one series.
     *
     * @param values the samples, {@link Double#NaN} for a step without one
     * @return forecasts and scores
     * @throws IllegalArgumentException if the series is too short
     */
    public BacktestResult run(double... values) {
        return run(List.of(BacktestSeries.of("series", values)));
    }

    /**
     * Runs all methods over all series; returns when all are done. When the calling thread is interrupted, what runs is finished first.
     *
     * @param series at least 1, with names of their own
     * @return forecasts and scores
     * @throws IllegalArgumentException if there is no series, a name comes twice, a series is too short, or all forecasts together would
     *     take more than about a gigabyte
     * @throws java.util.concurrent.CancellationException if the calling thread was interrupted
     */
    public BacktestResult run(List<BacktestSeries> series) {
        List<Track> tracks = tracks(series);
        ProgressReporter reporter = new ProgressReporter(
                progress, tracks.stream().mapToInt(this::pieces).sum());
        List<Runnable> items = new ArrayList<>();
        for (Track track : tracks) {
            int atOnce = track.origins().count() / pieces(track);
            for (int from = 0; from < track.origins().count(); from += atOnce) {
                int first = from;
                items.add(() -> {
                    track.run(first, first + atOnce);
                    reporter.finished(track);
                });
            }
        }
        new WorkList(items).run(executor, helpers);
        return new BacktestResult(settings, tracks);
    }

    /** One instance goes through all origins, or a new one stands at each. */
    private int pieces(Track track) {
        return settings.mode() == BacktestMode.UPDATE ? 1 : track.origins().count();
    }

    private List<Track> tracks(List<BacktestSeries> series) {
        if (series.isEmpty()) {
            throw new IllegalArgumentException("series: none (expected: at least 1)");
        }
        long forecasts = 0;
        List<Track> tracks = new ArrayList<>();
        Map<String, Origins> seen = new LinkedHashMap<>();
        for (BacktestSeries one : series) {
            Origins origins = Origins.of(one, settings);
            if (seen.put(one.name(), origins) != null) {
                throw new IllegalArgumentException("series: " + one.name() + " twice (expected: names of their own)");
            }
            forecasts += (long) origins.count() * methods.size();
            settings.requireMemory(forecasts, Method.usualLevels());
            for (Method method : methods) {
                tracks.add(new Track(method, one, origins, settings.horizonSteps()));
            }
        }
        return tracks;
    }

    /** Collects the settings of a {@link Backtest}. Each method checks its argument at once. */
    public static final class Builder {

        private final Map<String, Method> methods = new LinkedHashMap<>();
        private int horizonSteps = 24;
        private int origins = 8;
        private int spacingSteps;
        private int minTrainingSteps = 1;
        private int seasonSteps = 1;
        private double intervalLevel = 0.95;
        private BacktestMode mode = BacktestMode.REFIT;
        private Executor executor = Runnable::run;
        private int helpers;
        private BacktestProgress progress = BacktestProgress.NONE;

        private Builder() {}

        /**
         * Adds a method by the SPI of forecasters.
         *
         * @param name of its own
         * @param factory makes a forecaster that has seen nothing; called on any thread, for several series at once
         * @return this
         * @throws IllegalArgumentException if the name is taken
         */
        public Builder forecaster(String name, Supplier<Forecaster> factory) {
            return add(Method.ofForecaster(name, factory));
        }

        /**
         * Adds a model; normal quantiles from its past one-step errors stand around its means.
         *
         * @param name of its own
         * @param factory makes a model that has seen nothing; called on any thread, for several series at once
         * @return this
         * @throws IllegalArgumentException if the name is taken
         */
        public Builder model(String name, Supplier<? extends StreamingModel> factory) {
            return add(Method.ofModel(name, factory));
        }

        /**
         * Adds a batch fit; normal quantiles from its residuals stand around its means.
         *
         * @param name of its own
         * @param fit gets a copy of the training part, {@link Double#NaN} for a missing step; called on any thread, for several series
         *     at once
         * @return this
         * @throws IllegalArgumentException if the name is taken
         */
        public Builder fit(String name, Function<double[], ? extends FittedModel> fit) {
            return add(Method.ofFit(name, fit));
        }

        private Builder add(Method method) {
            String name = method.name();
            boolean reserved = name.equals(NAIVE) || name.equals(SEASONAL_NAIVE) || name.isBlank();
            if (reserved || methods.containsKey(name)) {
                throw new IllegalArgumentException("method: " + name + " (expected: a name that is not taken; "
                        + SEASONAL_NAIVE + " and " + NAIVE + " run along)");
            }
            methods.put(name, method);
            return this;
        }

        /**
         * Sets how many steps are forecast at each origin, default 24.
         *
         * @param steps in [1, 100,000]
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder horizonSteps(int steps) {
            horizonSteps = inRange("horizonSteps", steps, 1, 100_000);
            return this;
        }

        /**
         * Sets how many origins each series has, default 8; the last one stands a horizon before the end.
         *
         * @param count in [1, 10,000,000]
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder origins(int count) {
            origins = inRange("origins", count, 1, 10_000_000);
            return this;
        }

        /**
         * Lets each series have as many origins as fit behind the training part.
         *
         * @return this
         */
        public Builder allOrigins() {
            origins = 0;
            return this;
        }

        /**
         * Sets the distance of the origins, default the horizon, so that forecasts do not overlap.
         *
         * @param steps in [1, 10,000,000]
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder spacingSteps(int steps) {
            spacingSteps = inRange("spacingSteps", steps, 1, 10_000_000);
            return this;
        }

        /**
         * Sets how many steps at least come before the first origin, default 1.
         *
         * @param steps in [1, 100,000,000]
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder minTrainingSteps(int steps) {
            minTrainingSteps = inRange("minTrainingSteps", steps, 1, 100_000_000);
            return this;
        }

        /**
         * Sets the season of the reference and of the scale of MASE, default 1 (the naive forecast).
         *
         * @param steps in [1, 1,000,000]
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder seasonSteps(int steps) {
            seasonSteps = inRange("seasonSteps", steps, 1, 1_000_000);
            return this;
        }

        /**
         * Sets the nominal coverage of the interval that is scored, default 0.95.
         *
         * @param level in [0.01, 0.999]
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder intervalLevel(double level) {
            if (!(level >= 0.01 && level <= 0.999)) {
                throw new IllegalArgumentException("intervalLevel: " + level + " (expected: 0.01…0.999)");
            }
            intervalLevel = level;
            return this;
        }

        /**
         * Sets what is learnt between two origins, default {@link BacktestMode#REFIT}.
         *
         * @param value refit or update
         * @return this
         */
        public Builder mode(BacktestMode value) {
            mode = value;
            return this;
        }

        /**
         * Sets who helps the calling thread, default nobody.
         *
         * @param value runs the work; may also run none of it
         * @param threads how many pieces of work it is given, in [0, 1024]
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder executor(Executor value, int threads) {
            helpers = inRange("threads", threads, 0, 1024);
            executor = value;
            return this;
        }

        /**
         * Sets who is told how far the work is, default nobody.
         *
         * @param value is called after each piece of work
         * @return this
         */
        public Builder progress(BacktestProgress value) {
            progress = value;
            return this;
        }

        /** Returns a back-test. The builder can be used again. */
        public Backtest build() {
            return new Backtest(this);
        }

        /** The reference first. */
        private List<Method> allMethods() {
            List<Method> all = new ArrayList<>();
            all.add(Method.repeating(SEASONAL_NAIVE, seasonSteps));
            if (seasonSteps > 1) {
                all.add(Method.repeating(NAIVE, 1));
            }
            all.addAll(methods.values());
            return List.copyOf(all);
        }

        private BacktestSettings settings() {
            return new BacktestSettings(
                    horizonSteps,
                    origins,
                    spacingSteps > 0 ? spacingSteps : horizonSteps,
                    minTrainingSteps,
                    seasonSteps,
                    intervalLevel,
                    mode);
        }

        private static int inRange(String name, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + "…" + most + ")");
            }
            return value;
        }
    }
}
