package io.foreshard.forecast.ets;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way through all forms of one series: a screen of gains for each kind of season, a descent of each form that the screen leaves
 * within reach, in the order of the screen, and a second descent from elsewhere for the few that come out best.
 */
final class EtsSelection {

    /** What a descent may gain over the screen, per sample; forms that lie further behind are not tried. */
    private static final double REACH = 1.5;

    /** How far behind, per sample, a form gets its second descent, and how many forms do. */
    private static final double FINAL_REACH = 0.3;

    private static final int FINALISTS = 4;

    private final EtsSample sample;
    private final List<EtsForm> forms;
    private final int period;
    private final EtsCriterion criterion;
    private final int maxEvaluations;
    private final EtsStart start;
    private final Map<EtsForm.SeasonType, EtsScreen> screens = new EnumMap<>(EtsForm.SeasonType.class);
    private final Map<EtsForm.SeasonType, EtsRecursion> runs = new EnumMap<>(EtsForm.SeasonType.class);
    private final double[] scratch;
    private int evaluations;
    private @Nullable EtsCandidate best;

    EtsSelection(EtsSample sample, List<EtsForm> forms, int period, EtsCriterion criterion, int maxEvaluations) {
        this.sample = sample;
        this.forms = forms;
        this.period = period;
        this.criterion = criterion;
        this.maxEvaluations = maxEvaluations;
        start = new EtsStart(sample.values, period);
        scratch = new double[sample.values.length];
    }

    /** Returns null where no form can be estimated. */
    @Nullable
    EtsCandidate best() {
        List<EtsCandidate> candidates = candidates();
        candidates.sort(Comparator.comparingDouble(EtsCandidate::screened));
        for (EtsCandidate candidate : candidates) {
            if (best == null || candidate.screened() < best.value() + REACH * sample.count) {
                descend(candidate, candidate.bestGains());
            }
        }
        candidates.sort(Comparator.comparingDouble(EtsCandidate::value));
        double limit = limit() + FINAL_REACH * sample.count;
        for (EtsCandidate candidate : candidates.subList(0, Math.min(FINALISTS, candidates.size()))) {
            if (candidate.value() < limit) {
                descend(candidate, candidate.otherGains());
            }
        }
        return best;
    }

    /** The work so far, in runs over the data. */
    int evaluations() {
        return evaluations;
    }

    private void descend(EtsCandidate candidate, EtsGains gains) {
        if (evaluations < maxEvaluations) {
            evaluations += candidate.descend(gains, limit());
            if (candidate.value() < limit()) {
                best = candidate;
            }
        }
    }

    private double limit() {
        return best == null ? Double.POSITIVE_INFINITY : best.value();
    }

    /** The forms whose parameters the series can tell. */
    private List<EtsCandidate> candidates() {
        List<EtsCandidate> candidates = new ArrayList<>();
        for (EtsForm form : forms) {
            double price = criterion.of(0, new EtsCoordinates(form, period).parameters(), sample.count);
            if (price < Double.POSITIVE_INFINITY) {
                EtsRecursion run =
                        runs.computeIfAbsent(form.season(), type -> EtsRecursion.of(type, sample.values, period));
                EtsLikelihood likelihood = new EtsLikelihood(form, run, sample.count, scratch);
                candidates.add(new EtsCandidate(likelihood, screen(form.season()), price));
            }
        }
        return candidates;
    }

    private EtsScreen screen(EtsForm.SeasonType season) {
        return screens.computeIfAbsent(season, type -> {
            EtsScreen screen = new EtsScreen(sample, type, period, start);
            evaluations += EtsScreen.RUNS;
            return screen;
        });
    }
}
