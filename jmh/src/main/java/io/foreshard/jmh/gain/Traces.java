package io.foreshard.jmh.gain;

import io.foreshard.simulator.link.CapacityTrace;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/** Makes capacity traces; those of one seed are always the same. */
final class Traces {

    /** Longer than any run. */
    private static final int SECONDS = 400;

    private static final double LINK = Scenario.LINK_BYTES_PER_SECOND;
    private static final Duration STEP = Duration.ofMillis(50);
    private static final double STEP_SECONDS = 0.05;
    private static final double LEAST_SHARE = 0.05;

    private Traces() {}

    /** Returns full capacity with an episode of less in every period; the seed decides where the first one lies. */
    static CapacityTrace episodes(long seed, double periodSeconds, double lowSeconds, double lowShare) {
        double phase = new Random(seed).nextDouble() * periodSeconds;
        return sampled(second -> (second + phase) % periodSeconds < periodSeconds - lowSeconds ? 1 : lowShare);
    }

    /** Returns a capacity that swings between the whole and a share of it, as between night and day. */
    static CapacityTrace swing(long seed, double periodSeconds, double lowShare) {
        double phase = new Random(seed).nextDouble() * periodSeconds;
        return sampled(second ->
                lowShare + (1 - lowShare) * (0.5 + 0.5 * Math.cos(2 * Math.PI * (second + phase) / periodSeconds)));
    }

    /** Returns a capacity that jumps between the whole and a share of it after times nobody can foresee. */
    static CapacityTrace telegraph(long seed, double meanSeconds, double lowShare) {
        Random random = new Random(seed);
        double[] shares = new double[(int) (SECONDS / STEP_SECONDS)];
        double left = 0;
        boolean high = false;
        for (int i = 0; i < shares.length; i++, left -= STEP_SECONDS) {
            if (left <= 0) {
                left = -Math.log(1 - random.nextDouble()) * meanSeconds;
                high = !high;
            }
            shares[i] = high ? 1 : lowShare;
        }
        return sampled(shares);
    }

    /** Returns a capacity that walks at random between a tenth and the whole. */
    static CapacityTrace walk(long seed, double stepsPerSecond, double spread) {
        Random random = new Random(seed);
        double[] shares = new double[(int) (SECONDS / STEP_SECONDS)];
        double log = Math.log(0.4);
        int hold = (int) Math.round(1 / (stepsPerSecond * STEP_SECONDS));
        for (int i = 0; i < shares.length; i++) {
            if (i % hold == 0) {
                log = reflected(log + spread * random.nextGaussian());
            }
            shares[i] = Math.exp(log);
        }
        return sampled(shares);
    }

    private static double reflected(double log) {
        double least = Math.log(0.1);
        double up = log > 0 ? -log : log;
        return up < least ? Math.min(0, 2 * least - up) : up;
    }

    /**
     * Returns what recorded cross traffic leaves, from a place in the record that the seed decides: where it is as calm as in the calmest
     * twentieth of what is played all is left, where it is as busy as in the busiest twentieth next to nothing.
     */
    static CapacityTrace beside(long seed, double[] recorded, Duration step) {
        int needed = Math.min(recorded.length, (int) (SECONDS * 1_000 / step.toMillis()));
        int start = new Random(seed).nextInt(recorded.length - needed + 1);
        double[] played = Arrays.copyOfRange(recorded, start, start + needed);
        double[] known = Arrays.stream(played)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        double calm = known[known.length / 20];
        double busy = Math.max(known[known.length - 1 - known.length / 20], calm + Double.MIN_NORMAL);
        double[] rates = new double[needed];
        double last = calm;
        for (int i = 0; i < needed; i++) {
            last = Double.isNaN(played[i]) ? last : played[i];
            double share = 1 - (last - calm) / (busy - calm);
            rates[i] = LINK * Math.max(LEAST_SHARE, Math.min(1, share));
        }
        return CapacityTrace.repeated(step, rates);
    }

    /** The share of the capacity that is there at a time. */
    private interface Share {
        double at(double second);
    }

    private static CapacityTrace sampled(Share share) {
        double[] shares = new double[(int) (SECONDS / STEP_SECONDS)];
        Arrays.setAll(shares, i -> share.at((i + 0.5) * STEP_SECONDS));
        return sampled(shares);
    }

    private static CapacityTrace sampled(double... shares) {
        double[] rates = Arrays.stream(shares).map(share -> share * LINK).toArray();
        return CapacityTrace.repeated(STEP, rates);
    }
}
