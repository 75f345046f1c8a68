package io.foreshard.forecast.automatic;

import io.foreshard.forecast.decomposition.SeasonDetector;
import io.foreshard.forecast.gaps.SeasonalFill;
import io.foreshard.forecast.model.StreamingModel;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses and combines models for a series by a back-test on its own past.
 *
 * <p>Each candidate is fitted to the older part of the data and streamed through the newer part, where its forecasts are scored
 * over rolling windows, horizon by horizon. The weights follow from the geometric mean of the errors; the forecast is the
 * weighted median, so that no single model can carry it away. Where the combination did worse than the naive or a seasonal
 * naive forecast, that one alone is the forecast. The members that count are then fitted to all data.
 *
 * <p>Stateless and deterministic; safe for any thread. The time of a fit is bounded by {@link Builder#workBudget} and grows with
 * the data up to {@link Builder#maxSamples}.
 */
public final class AutomaticFitter {

    /** Default of the horizon that candidates are scored on. */
    public static final int DEFAULT_HORIZON_STEPS = 24;
    /** Default of the samples looked at, the newest ones. */
    public static final int DEFAULT_MAX_SAMPLES = 8192;
    /** Default bound of the work of one fit, in visits to a sample. */
    public static final long DEFAULT_WORK_BUDGET = 50_000_000;

    private static final int MAX_PERIOD_STEPS = 65_535;
    private static final int MIN_SAMPLES = 16;
    private static final double LEAST_WEIGHT = 0.01;
    private static final int WINDOWS_TO_SCORE = 8;

    private final int horizonSteps;
    private final int maxSamples;
    private final long workBudget;
    private final int[] periods;
    private final boolean detectPeriods;

    private AutomaticFitter(Builder builder) {
        horizonSteps = builder.horizonSteps;
        maxSamples = builder.maxSamples;
        workBudget = builder.workBudget;
        periods = builder.periods;
        detectPeriods = builder.detectPeriods;
    }

    /** Returns a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a combination of models that learn as they go, for a series that has no past yet. */
    public StreamingModel start() {
        List<Candidate> candidates = Candidates.thatLearn(periods);
        StreamingModel[] models = new StreamingModel[candidates.size()];
        Arrays.setAll(models, index -> candidates.get(index).fit().apply(new double[0]));
        return new ScaledModel(new ExpertPool(models, Candidates.benchmarks(periods), horizonSteps), 0);
    }

    /**
     * Reads a model that {@link #start} or {@link AutomaticFit#model} gave and its {@link StreamingModel#save} wrote.
     *
     * @param in stands before its version byte
     * @throws IOException if the input fails or holds something else
     */
    public static StreamingModel load(DataInput in) throws IOException {
        return ScaledModel.load(in);
    }

    /**
     * Fits.
     *
     * @param samples one per step, oldest first; {@link Double#NaN} for a gap, else finite
     * @return what was chosen
     * @throws IllegalArgumentException if there is no sample at all, or an infinite one
     */
    public AutomaticFit fit(double[] samples) {
        double[] recent = Arrays.copyOfRange(samples, Math.max(0, samples.length - maxSamples), samples.length);
        double scale = ScaledModel.scaleOf(magnitude(recent));
        for (int index = 0; index < recent.length; index++) {
            recent[index] /= scale;
        }
        int[] seasons = detectPeriods ? SeasonDetector.ofAnyStep().detect(recent) : seasonsWithin(recent.length);
        double[] complete = recent.clone();
        SeasonalFill.fill(complete, seasons.length > 0 ? seasons[0] : 1);
        BackTest test = new BackTest(
                candidates(seasons, recent.length),
                Candidates.benchmarks(seasons),
                horizonSteps,
                split(recent.length, seasons));
        ExpertPool tested = test.run(recent, complete, samples.length);
        return chosen(test, tested, complete, scale, seasons);
    }

    private static double magnitude(double[] samples) {
        double most = Double.NEGATIVE_INFINITY;
        for (double sample : samples) {
            most = Double.isNaN(sample) ? most : Math.max(most, Math.abs(sample));
        }
        if (!(most >= 0 && most <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("samples: " + (most > 0 ? "infinite" : "none among " + samples.length)
                    + " (expected: at least one, all finite or NaN)");
        }
        return most;
    }

    private int[] seasonsWithin(int length) {
        return Arrays.stream(periods).filter(period -> 2L * period <= length).toArray();
    }

    /** The back-test has the newest part, at most half, so that a few seasons are left to fit to. */
    private int split(int length, int[] seasons) {
        int longest = seasons.length == 0 ? 0 : seasons[seasons.length - 1];
        int scored = Math.min(length / 2, Math.max(WINDOWS_TO_SCORE * horizonSteps, 2 * longest));
        if (seasons.length > 0) {
            scored = Math.min(scored, Math.max(length / 4, length - 3 * seasons[0]));
        }
        return length - scored;
    }

    private List<Candidate> candidates(int[] seasons, int length) {
        List<Candidate> affordable = new ArrayList<>();
        long work = 0;
        int fittedTo = split(length, seasons);
        for (Candidate candidate : Candidates.all(seasons)) {
            work += 2 * candidate.workPerSample() * length;
            if (affordable.size() < Candidates.benchmarks(seasons)
                    || (candidate.minSamples() <= fittedTo && work <= workBudget)) {
                affordable.add(candidate);
            }
        }
        return affordable;
    }

    private AutomaticFit chosen(BackTest test, ExpertPool tested, double[] complete, double scale, int[] seasons) {
        int[] counting = counting(tested, Candidates.benchmarks(seasons));
        StreamingModel[] models = new StreamingModel[counting.length];
        Arrays.setAll(models, index -> test.candidate(counting[index]).fit().apply(complete));
        List<CandidateScore> scores = new ArrayList<>();
        for (int member = 0; member < tested.size(); member++) {
            int place = Arrays.binarySearch(counting, member);
            String description = (place >= 0 ? models[place] : tested.member(member)).description();
            scores.add(score(tested, member, test.candidate(member).name(), description, scale));
        }
        scores.sort(Comparator.comparingDouble(CandidateScore::weight).reversed());
        return new AutomaticFit(
                new ScaledModel(tested.of(counting, models), scale),
                test.residuals(scale),
                seasons,
                List.copyOf(scores));
    }

    private CandidateScore score(ExpertPool tested, int member, String name, String description, double scale) {
        return new CandidateScore(
                name,
                description,
                tested.error(member, 1) * scale,
                tested.error(member, horizonSteps) * scale,
                tested.weight(member, 1),
                tested.weight(member, horizonSteps));
    }

    /** The members that count at some horizon, and the benchmarks, which are the first. */
    private int[] counting(ExpertPool pool, int benchmarks) {
        List<Integer> counting = new ArrayList<>();
        for (int member = 0; member < pool.size(); member++) {
            double most = member < benchmarks ? 1 : 0;
            for (int step = 1; step <= horizonSteps; step++) {
                most = Math.max(most, pool.weight(member, step));
            }
            if (most >= LEAST_WEIGHT) {
                counting.add(member);
            }
        }
        return counting.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Collects the settings of an {@link AutomaticFitter}. Each method checks its argument at once. */
    public static final class Builder {

        private int horizonSteps = DEFAULT_HORIZON_STEPS;
        private int maxSamples = DEFAULT_MAX_SAMPLES;
        private long workBudget = DEFAULT_WORK_BUDGET;
        private int[] periods = new int[0];
        private boolean detectPeriods = true;

        private Builder() {}

        /**
         * Sets how many steps ahead candidates are scored, default {@value #DEFAULT_HORIZON_STEPS}. Farther horizons are
         * forecast too, with the weights of the farthest scored one.
         *
         * @param value 1…4096
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder horizonSteps(int value) {
            if (value < 1 || value > 4096) {
                throw new IllegalArgumentException("horizonSteps: " + value + " (expected: 1…4096)");
            }
            horizonSteps = value;
            return this;
        }

        /**
         * Sets how many of the newest samples are looked at, default {@value #DEFAULT_MAX_SAMPLES}.
         *
         * @param value at least 16
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder maxSamples(int value) {
            if (value < MIN_SAMPLES) {
                throw new IllegalArgumentException("maxSamples: " + value + " (expected: >= " + MIN_SAMPLES + ")");
            }
            maxSamples = value;
            return this;
        }

        /**
         * Sets the bound of the work of one fit in visits to a sample, about a nanosecond to ten each; default
         * {@value #DEFAULT_WORK_BUDGET}. Candidates that do not fit in are left out, the costly ones first. Counted and not
         * timed, so that the choice is the same on any machine.
         *
         * @param value at least 1
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder workBudget(long value) {
            if (value < 1) {
                throw new IllegalArgumentException("workBudget: " + value + " (expected: >= 1)");
            }
            workBudget = value;
            return this;
        }

        /**
         * Sets the lengths of the seasons in steps, ascending, none or up to two (a day and a week); the default is to look
         * for them in the data.
         *
         * @param values each 2…65535; a season of which the data do not hold two is left out
         * @return this
         * @throws IllegalArgumentException if out of range or not ascending
         */
        public Builder periods(int... values) {
            int last = 1;
            for (int value : values) {
                if (value <= last || value > MAX_PERIOD_STEPS) {
                    throw new IllegalArgumentException(
                            "periods: " + value + " (expected: ascending, each 2…" + MAX_PERIOD_STEPS + ")");
                }
                last = value;
            }
            if (values.length > 2) {
                throw new IllegalArgumentException("periods: " + values.length + " of them (expected: 0…2)");
            }
            periods = values.clone();
            detectPeriods = false;
            return this;
        }

        /** Returns a fitter. The builder can be used again. */
        public AutomaticFitter build() {
            return new AutomaticFitter(this);
        }
    }
}
