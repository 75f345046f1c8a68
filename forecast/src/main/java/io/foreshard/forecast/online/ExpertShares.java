package io.foreshard.forecast.online;

import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Shares of experts in a combined forecast, after their recent losses: absolute errors in units of the naive one's, forgotten
 * exponentially, so that shares follow when another expert becomes the best (tracking the best expert, Herbster and Warmuth 1998;
 * polynomial weights, Cesa-Bianchi and Lugosi 2006, section 2.1). A power of the ratio of losses stands for the exponential: it
 * needs no learning rate that fits their size.
 */
final class ExpertShares {

    private static final double GAIN = 0.04;
    private static final double SCALE_GAIN = 0.01;
    /** No single error counts for more than as many naive ones. */
    private static final double MAX_LOSS = 10;

    private final double[] losses;
    private final double[] shares;
    private double naiveError;
    private int scored;

    ExpertShares(int experts) {
        losses = new double[experts];
        shares = new double[experts];
        Arrays.fill(shares, 1.0 / experts);
    }

    ExpertShares(ExpertShares other) {
        losses = other.losses.clone();
        shares = other.shares.clone();
        naiveError = other.naiveError;
        scored = other.scored;
    }

    /** Scores what each expert forecast; the first is the naive one. */
    void score(double sample, double[] forecasts) {
        scored = Math.min(scored, Integer.MAX_VALUE - 2) + 1;
        double naive = Math.abs(sample - forecasts[0]);
        naiveError += (naive - naiveError) * Math.max(SCALE_GAIN, 1.0 / scored);
        if (naiveError > 0) {
            double gain = Math.max(GAIN, 1.0 / (scored + 1));
            for (int expert = 0; expert < losses.length; expert++) {
                double loss = Math.min(MAX_LOSS, Math.abs(sample - forecasts[expert]) / naiveError);
                losses[expert] += (loss - losses[expert]) * gain;
            }
            share();
        }
    }

    private void share() {
        double least = Double.POSITIVE_INFINITY;
        for (double loss : losses) {
            least = Math.min(least, loss);
        }
        double sum = 0;
        for (int expert = 0; expert < shares.length; expert++) {
            double ratio = losses[expert] > least ? least / losses[expert] : 1;
            double square = ratio * ratio;
            shares[expert] = square * square * square * square;
            sum += shares[expert];
        }
        for (int expert = 0; expert < shares.length; expert++) {
            shares[expert] /= sum;
        }
    }

    double of(int expert) {
        return shares[expert];
    }

    double mix(double[] forecasts) {
        double sum = 0;
        for (int expert = 0; expert < shares.length; expert++) {
            sum += shares[expert] * forecasts[expert];
        }
        return sum;
    }

    void save(DataOutput out) throws IOException {
        for (int expert = 0; expert < losses.length; expert++) {
            out.writeDouble(losses[expert]);
            out.writeDouble(shares[expert]);
        }
        out.writeDouble(naiveError);
        out.writeInt(scored);
    }

    void restore(DataInput in) throws IOException {
        for (int expert = 0; expert < losses.length; expert++) {
            losses[expert] = Saved.magnitude(in, "losses");
            shares[expert] = Math.min(1, Saved.magnitude(in, "shares"));
        }
        naiveError = Saved.magnitude(in, "naiveError");
        scored = Saved.between(in, "scored", 0, Integer.MAX_VALUE - 1);
    }
}
