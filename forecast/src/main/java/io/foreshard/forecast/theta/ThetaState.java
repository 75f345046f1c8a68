package io.foreshard.forecast.theta;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The state-space form of the Theta methods without season (Fiorucci et al. 2016, equations 14 to 20): after t samples the next mean is
 * {@code level + ω ((1-α)^t A + (1 - (1-α)^(t+1)) / α · B)} with ω = 1 - 1/θ and the line A, B. A sample moves the level by α, and in the
 * dynamic form the line too.
 */
final class ThetaState {

    // Below it the initial level is forgotten, and numbers so small would only be slow.
    private static final double FORGOTTEN = 1e-200;

    /** Beyond what a fit finds, and far enough from where forecasts overflow. */
    private static final double LEAST_ALPHA = 1e-6;

    private static final double MOST_OMEGA = 1e6;

    private final double alpha;
    private final double omega;
    private final boolean dynamic;
    private final Line line;
    private double level;
    private double decay = 1;

    /** At the start of a series; takes over the line, which the dynamic form moves. */
    ThetaState(double alpha, double omega, boolean dynamic, double level, Line line) {
        this.alpha = alpha;
        this.omega = omega;
        this.dynamic = dynamic;
        this.level = level;
        this.line = line;
    }

    double alpha() {
        return alpha;
    }

    double omega() {
        return omega;
    }

    double level() {
        return level;
    }

    double next() {
        return level + omega * (decay * line.intercept() + (1 - decay * (1 - alpha)) / alpha * line.slope());
    }

    void update(double sample) {
        step(sample);
        if (!Double.isFinite(next())) {
            restart(sample);
        }
    }

    void skip() {
        update(next());
    }

    private void step(double sample) {
        level += alpha * (sample - level);
        decay = decay < FORGOTTEN ? 0 : decay * (1 - alpha);
        if (dynamic) {
            line.add(sample);
        }
    }

    private void restart(double sample) {
        level = sample;
        decay = 0;
        line.flatten();
    }

    void forecast(double[] values) {
        ThetaState ahead = copy();
        for (int step = 0; step < values.length; step++) {
            values[step] = ahead.next();
            ahead.skip();
        }
    }

    /**
     * Writes the standard deviations of the errors over that of the next: all is linear in the samples, so the response to a single error
     * of 1 tells them.
     */
    void errorGrowth(double[] factors) {
        ThetaState response = copy();
        response.level = 0;
        response.line.flatten();
        response.step(1);
        double variance = 1;
        for (int step = 0; step < factors.length; step++) {
            factors[step] = Math.sqrt(variance);
            double weight = response.next();
            variance += weight * weight;
            response.step(weight);
        }
    }

    ThetaState copy() {
        ThetaState copy = new ThetaState(alpha, omega, dynamic, level, line.copy());
        copy.decay = decay;
        return copy;
    }

    void save(DataOutput out) throws IOException {
        out.writeDouble(alpha);
        out.writeDouble(omega);
        out.writeBoolean(dynamic);
        out.writeDouble(level);
        out.writeDouble(decay);
        line.save(out);
    }

    static ThetaState load(DataInput in) throws IOException {
        double alpha = Saved.magnitude(in, "alpha");
        double omega = Saved.magnitude(in, "omega");
        if (alpha < LEAST_ALPHA || alpha > 1 || omega > MOST_OMEGA) {
            throw new IOException(
                    "α, ω: " + alpha + ", " + omega + " (expected: " + LEAST_ALPHA + "…1, 0…" + MOST_OMEGA + ")");
        }
        boolean dynamic = in.readBoolean();
        double level = Saved.moderate(in, "level");
        double decay = Saved.magnitude(in, "decay");
        ThetaState state = new ThetaState(alpha, omega, dynamic, level, Line.load(in));
        state.decay = decay;
        return state;
    }
}
