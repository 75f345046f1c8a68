package io.foreshard.forecast;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Absolute errors of past forecasts of the next sample over those of the naive forecast (the last sample), both weighted
 * exponentially: the MASE of Hyndman and Koehler (2006), over a fading window.
 */
final class SkillScore {

    static final double MEMORY = 0.98;
    static final int MIN_SCORED = 8;
    static final double MAX = 1000;

    private double errors;
    private double naiveErrors;
    private int scored;

    void score(double sample, double forecast, double naive) {
        errors = MEMORY * errors + distance(sample, forecast);
        naiveErrors = MEMORY * naiveErrors + distance(sample, naive);
        scored = Math.min(scored + 1, MIN_SCORED);
    }

    /** Differences within rounding count as none: on a constant series they would be all there is to compare. */
    private static double distance(double sample, double forecast) {
        double difference = Math.abs(sample - forecast);
        return difference <= 8 * Math.ulp(sample) ? 0 : difference;
    }

    double value() {
        if (scored < MIN_SCORED) {
            return Double.NaN;
        }
        if (errors == 0 && naiveErrors == 0) {
            return 1;
        }
        return Math.min(MAX, errors / naiveErrors);
    }

    void save(DataOutput out) throws IOException {
        out.writeDouble(errors);
        out.writeDouble(naiveErrors);
        out.writeInt(scored);
    }

    void restore(DataInput in) throws IOException {
        errors = Saved.magnitude(in, "errors");
        naiveErrors = Saved.magnitude(in, "naiveErrors");
        scored = Saved.between(in, "scored", 0, MIN_SCORED);
    }
}
