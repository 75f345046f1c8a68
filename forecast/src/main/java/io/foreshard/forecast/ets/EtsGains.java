package io.foreshard.forecast.ets;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The smoothing parameters of a form; 0, or 1 for the damping, where it has none. */
record EtsGains(double alpha, double beta, double gamma, double phi) {

    void save(DataOutput out) throws IOException {
        out.writeDouble(alpha);
        out.writeDouble(beta);
        out.writeDouble(gamma);
        out.writeDouble(phi);
    }

    void write(EtsRecursion run) {
        run.alpha = alpha;
        run.beta = beta;
        run.gamma = gamma;
        run.phi = phi;
    }

    static EtsGains load(DataInput in) throws IOException {
        return new EtsGains(
                Saved.moderate(in, "alpha"),
                Saved.moderate(in, "beta"),
                Saved.moderate(in, "gamma"),
                Saved.moderate(in, "phi"));
    }
}
