package io.foreshard.forecast.automatic;

import io.foreshard.forecast.model.FittedModel;
import io.foreshard.forecast.model.StreamingModel;
import java.util.List;

/** What {@link AutomaticFitter} chose, and why. Immutable, safe for any thread. */
public final class AutomaticFit implements FittedModel {

    private final StreamingModel model;
    private final double[] residuals;
    private final int[] periods;
    private final List<CandidateScore> candidates;

    AutomaticFit(StreamingModel model, double[] residuals, int[] periods, List<CandidateScore> candidates) {
        this.model = model;
        this.residuals = residuals;
        this.periods = periods;
        this.candidates = candidates;
    }

    /** Returns the lengths of the seasons that were used, ascending; empty for none. A copy. */
    public int[] periods() {
        return periods.clone();
    }

    /** Returns all candidates that were tried, best at the farthest horizon first; the combination itself is not among them. */
    public List<CandidateScore> candidates() {
        return candidates;
    }

    @Override
    public String description() {
        StringBuilder text = new StringBuilder();
        for (CandidateScore candidate : candidates) {
            if (candidate.weight() >= 0.05) {
                text.append(text.isEmpty() ? "" : ", ");
                text.append(Math.round(candidate.weight() * 100)).append(" % ").append(candidate.name());
            }
        }
        return text.toString();
    }

    /** {@inheritDoc} Known only for the part of the data on which the back-test ran, as no earlier forecast was made. */
    @Override
    public double[] residuals() {
        return residuals.clone();
    }

    @Override
    public StreamingModel model() {
        return model.copy();
    }
}
