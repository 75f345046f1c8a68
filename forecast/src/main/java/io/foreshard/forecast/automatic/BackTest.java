package io.foreshard.forecast.automatic;

import io.foreshard.forecast.model.StreamingModel;
import java.util.Arrays;
import java.util.List;

/** Fits candidates to the older part of a series and streams them through the newer part, where they are scored. */
final class BackTest {

    private final List<Candidate> candidates;
    private final int benchmarks;
    private final int horizonSteps;
    private final int split;
    private double[] residuals = new double[0];

    BackTest(List<Candidate> candidates, int benchmarks, int horizonSteps, int split) {
        this.candidates = candidates;
        this.benchmarks = benchmarks;
        this.horizonSteps = horizonSteps;
        this.split = split;
    }

    Candidate candidate(int index) {
        return candidates.get(index);
    }

    /** Errors of the combination one step ahead times a factor, NaN before the back-test and at gaps. */
    double[] residuals(double factor) {
        double[] scaled = new double[residuals.length];
        Arrays.setAll(scaled, index -> residuals[index] * factor);
        return scaled;
    }

    /**
     * The scored members, which stand at the end of the series. The newer part is passed twice: first to find the weights, then to
     * compare the combination with the benchmarks.
     */
    ExpertPool run(double[] samples, double[] complete, int residualsLength) {
        residuals = new double[residualsLength];
        Arrays.fill(residuals, Double.NaN);
        double[] older = Arrays.copyOf(complete, split);
        StreamingModel[] models = new StreamingModel[candidates.size()];
        Arrays.setAll(models, index -> candidates.get(index).fit().apply(older));
        StreamingModel[] copies = new StreamingModel[models.length];
        Arrays.setAll(copies, index -> models[index].copy());
        ExpertPool pool = new ExpertPool(models, benchmarks, horizonSteps);
        pass(pool, samples);
        ExpertPool tried = pool.onTrial(copies);
        pass(tried, samples);
        return tried;
    }

    private void pass(ExpertPool pool, double[] samples) {
        int before = residuals.length - samples.length;
        for (int index = split; index < samples.length; index++) {
            if (Double.isNaN(samples[index])) {
                pool.skip();
            } else {
                residuals[before + index] = samples[index] - pool.next();
                pool.update(samples[index]);
            }
        }
    }
}
