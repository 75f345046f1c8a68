package io.foreshard.forecast.automatic;

import io.foreshard.forecast.model.StreamingModel;
import java.util.function.Function;

/**
 * A way to forecast that may take part.
 *
 * @param name short and unique, for people
 * @param minSamples how many samples it wants to be fitted to
 * @param workPerSample rough cost of a fit, in visits to each sample
 * @param fit from complete samples to a model that stands at their end
 */
record Candidate(String name, int minSamples, long workPerSample, Function<double[], StreamingModel> fit) {

    /** A model that needs no fit: it learns as it goes. */
    static Candidate streaming(String name, int minSamples, Function<double[], StreamingModel> start) {
        return new Candidate(name, minSamples, 1, samples -> {
            StreamingModel model = start.apply(samples);
            for (double sample : samples) {
                model.update(sample);
            }
            return model;
        });
    }
}
