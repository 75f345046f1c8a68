package io.foreshard.forecast.automatic;

import io.foreshard.forecast.arima.ArimaFit;
import io.foreshard.forecast.arima.ArimaFitter;
import io.foreshard.forecast.autoregression.RecursiveAutoregression;
import io.foreshard.forecast.baseline.NaiveModel;
import io.foreshard.forecast.baseline.SeasonalMeanModel;
import io.foreshard.forecast.baseline.SeasonalNaiveModel;
import io.foreshard.forecast.baseline.WindowMedianModel;
import io.foreshard.forecast.decomposition.DecompositionFitter;
import io.foreshard.forecast.decomposition.Mstl;
import io.foreshard.forecast.ets.EtsFit;
import io.foreshard.forecast.ets.EtsFitter;
import io.foreshard.forecast.ets.EtsForm;
import io.foreshard.forecast.ets.EtsModel;
import io.foreshard.forecast.model.FittedModel;
import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.forecast.online.OnlineModel;
import io.foreshard.forecast.theta.ThetaFitter;
import io.foreshard.forecast.theta.ThetaSeason;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The candidates, cheap ones first; the first are the benchmarks that the combination must not lose to. */
final class Candidates {

    private static final int MAX_LAG = 1 << 16;
    private static final int MAX_ETS_PERIOD = 64;
    private static final int MEDIAN_SAMPLES = 64;

    private Candidates() {}

    /** Models that need no fit, for a series without a past. */
    static List<Candidate> thatLearn(int[] periods) {
        List<Candidate> list = new ArrayList<>();
        addBaselines(list, periods);
        addAutoregressions(list, periods);
        list.add(online(periods));
        list.add(Candidate.streaming(
                "smoothing",
                1,
                samples -> EtsModel.builder(EtsForm.SIMPLE)
                        .alpha(0.3)
                        .level(samples.length > 0 ? samples[0] : 0)
                        .build()));
        return list;
    }

    /** All, for series with these seasons. */
    static List<Candidate> all(int[] periods) {
        List<Candidate> list = new ArrayList<>();
        addBaselines(list, periods);
        addAutoregressions(list, periods);
        list.add(online(periods));
        list.add(new Candidate("ets", 8, 200, samples -> smoothed(samples).model()));
        list.add(new Candidate("arima", 24, 500, samples -> integrated(samples).model()));
        int day = periods.length > 0 ? periods[0] : 1;
        list.add(new Candidate(
                "theta",
                8,
                400,
                samples -> ThetaFitter.builder()
                        .period(day)
                        .season(ThetaSeason.ADDITIVE)
                        .build()
                        .fit(samples)
                        .model()));
        if (periods.length > 0) {
            addSeasonalFits(list, periods);
        }
        return list;
    }

    /** How many of the first candidates are benchmarks. */
    static int benchmarks(int[] periods) {
        return periods.length + 1;
    }

    private static void addBaselines(List<Candidate> list, int[] periods) {
        for (int period : periods) {
            list.add(
                    Candidate.streaming("seasonal-naive " + period, period, samples -> new SeasonalNaiveModel(period)));
        }
        list.add(Candidate.streaming("naive", 1, samples -> new NaiveModel()));
        for (int period : periods) {
            list.add(Candidate.streaming(
                    "seasonal-mean " + period, period, samples -> new SeasonalMeanModel(period, 0.2)));
        }
        int window = periods.length == 0 ? MEDIAN_SAMPLES : periods[0];
        list.add(Candidate.streaming("median", 1, samples -> new WindowMedianModel(window)));
    }

    private static Candidate online(int... periods) {
        return Candidate.streaming("online", 1, samples -> OnlineModel.untaught(periods, false));
    }

    private static void addAutoregressions(List<Candidate> list, int[] periods) {
        list.add(autoregression("autoregression", IntStream.rangeClosed(1, 3)));
        if (periods.length == 0) {
            list.add(autoregression("long autoregression", IntStream.rangeClosed(1, 12)));
            return;
        }
        int day = periods[0];
        IntStream near = IntStream.rangeClosed(1, Math.min(3, day - 1));
        list.add(autoregression("seasonal autoregression", IntStream.concat(near, IntStream.of(day, day + 1))));
        IntStream far = IntStream.rangeClosed(1, Math.min(12, day - 1));
        IntStream seasonal = periods.length > 1
                ? IntStream.of(day, day + 1, periods[1], periods[1] + 1)
                : IntStream.of(day, Math.min(2 * day, MAX_LAG));
        list.add(autoregression("long seasonal autoregression", IntStream.concat(far, seasonal)));
    }

    private static Candidate autoregression(String name, IntStream lags) {
        int[] chosen = lags.distinct().toArray();
        int longest = chosen[chosen.length - 1];
        return Candidate.streaming(
                name,
                longest + 2,
                samples -> RecursiveAutoregression.builder()
                        .lags(chosen)
                        .memorySteps(Math.max(1000, 10 * longest))
                        .build());
    }

    private static void addSeasonalFits(List<Candidate> list, int[] periods) {
        int day = periods[0];
        if (day <= MAX_ETS_PERIOD) {
            list.add(new Candidate(
                    "seasonal ets",
                    2 * day,
                    500,
                    samples -> EtsFitter.builder()
                            .additiveOnly()
                            .period(day)
                            .build()
                            .fit(samples)
                            .model()));
        }
        list.add(new Candidate("stl+ets", 2 * day + 1, 400, samples -> decomposed(samples, Candidates::smoothed, day)));
        list.add(new Candidate(
                "stl+arima", 2 * day + 1, 800, samples -> decomposed(samples, Candidates::integrated, day)));
        if (periods.length > 1) {
            list.add(new Candidate(
                    "mstl+arima",
                    2 * periods[1] + 1,
                    1000,
                    samples -> decomposed(samples, Candidates::integrated, periods)));
        }
    }

    private static StreamingModel decomposed(
            double[] samples, Function<double[], ? extends FittedModel> inner, int... periods) {
        return DecompositionFitter.of(Mstl.builder(periods).build()::decompose, inner)
                .fit(samples)
                .model();
    }

    private static EtsFit smoothed(double[] samples) {
        return EtsFitter.builder().additiveOnly().build().fit(samples);
    }

    private static ArimaFit integrated(double[] samples) {
        return ArimaFitter.builder().build().fit(samples);
    }
}
