package io.foreshard.forecast.decomposition;

import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Seasons added to any model of the seasonally adjusted series, as in R's {@code stlf}, that goes on with each sample.
 *
 * <p>A sample without its seasons updates the inner model; its error moves the value of its phase in each season by a gain, the sum of a
 * cycle stays as it is. An error counts for that with at most {@value #LARGEST_ERROR} times the recent magnitude of errors, so that one
 * outlier does not come back every period. The memory is one value per phase, the time per sample does not depend on the periods.
 */
public final class SeasonallyAdjustedModel implements StreamingModel {

    private static final int VERSION = 1;
    private static final double LARGEST_ERROR = 4;
    private static final double MAGNITUDE_GAIN = 0.05;
    private static final double FASTEST_GROWTH = 8;
    private static final int MAX_SEASONS = 64;

    private final StreamingModel inner;
    private final SeasonalCycle[] seasons;
    private final double gain;
    private double errorMagnitude;

    private SeasonallyAdjustedModel(StreamingModel inner, SeasonalCycle[] seasons, double gain, double errorMagnitude) {
        this.inner = inner;
        this.seasons = seasons;
        this.gain = gain;
        this.errorMagnitude = errorMagnitude;
    }

    /** Reads a model that {@link StreamingModel#save} has written. */
    @FunctionalInterface
    public interface InnerLoader {

        /**
         * Reads a model.
         *
         * @param in stands at the version byte of the model
         * @return the model
         * @throws IOException if the input fails or holds no such model
         */
        StreamingModel load(DataInput in) throws IOException;
    }

    /**
     * Puts seasons on a model.
     *
     * @param inner of the seasonally adjusted series, standing at the same step; owned by the new model from now on
     * @param gain share of an error by which the value of its phase moves, split evenly among the seasons, 0…1; 0 keeps the seasons
     * @param cycles one per season, finite values, the first being that of the next step; copied
     * @return the model
     * @throws IllegalArgumentException if the gain is out of range, or a cycle is empty or not finite
     */
    public static SeasonallyAdjustedModel of(StreamingModel inner, double gain, double[]... cycles) {
        if (!(gain >= 0 && gain <= 1)) {
            throw new IllegalArgumentException("gain: " + gain + " (expected: 0…1)");
        }
        SeasonalCycle[] seasons = new SeasonalCycle[cycles.length];
        for (int i = 0; i < cycles.length; i++) {
            if (cycles[i].length == 0 || !Arrays.stream(cycles[i]).allMatch(Double::isFinite)) {
                throw new IllegalArgumentException(
                        "cycles: " + Arrays.toString(cycles[i]) + " (expected: finite values)");
            }
            seasons[i] = new SeasonalCycle(cycles[i].clone());
        }
        return new SeasonallyAdjustedModel(inner, seasons, gain, 0);
    }

    /**
     * Reads a model that {@link #save} has written.
     *
     * @param in stands at the version byte
     * @param loader reads the inner model
     * @return the model, which goes on bit for bit
     * @throws IOException if the input fails or holds no such model
     */
    public static SeasonallyAdjustedModel load(DataInput in, InnerLoader loader) throws IOException {
        Saved.version(in, VERSION);
        int count = in.readInt();
        if (count < 0 || count > MAX_SEASONS) {
            throw new IOException("seasons: " + count + " (expected: 0…" + MAX_SEASONS + ")");
        }
        double gain = Saved.magnitude(in, "gain");
        if (gain > 1) {
            throw new IOException("gain: " + gain + " (expected: 0…1)");
        }
        double magnitude = Math.abs(Saved.moderate(in, "magnitude"));
        SeasonalCycle[] seasons = new SeasonalCycle[count];
        for (int i = 0; i < count; i++) {
            seasons[i] = SeasonalCycle.load(in);
        }
        return new SeasonallyAdjustedModel(loader.load(in), seasons, gain, magnitude);
    }

    /** Returns the model of the seasonally adjusted series, which stays this model's own: look at it only. */
    public StreamingModel inner() {
        return inner;
    }

    @Override
    public String description() {
        String periods = Arrays.stream(seasons)
                .map(season -> Integer.toString(season.period()))
                .collect(Collectors.joining(","));
        return "STL(" + periods + ") + " + inner.description();
    }

    @Override
    public void update(double sample) {
        double adjusted = bound(sample - season());
        double error = adjusted - inner.next();
        inner.update(adjusted);
        learn(error);
        advance();
    }

    private void learn(double error) {
        if (!Double.isFinite(error)) {
            return;
        }
        double size = Math.abs(error);
        double counted = errorMagnitude == 0 ? size : Math.min(size, FASTEST_GROWTH * errorMagnitude);
        double largest = LARGEST_ERROR * errorMagnitude;
        double change = gain / Math.max(1, seasons.length) * Math.max(-largest, Math.min(largest, error));
        for (SeasonalCycle season : seasons) {
            season.move(change);
        }
        errorMagnitude += (errorMagnitude == 0 ? 1 : MAGNITUDE_GAIN) * (counted - errorMagnitude);
    }

    @Override
    public void skip() {
        inner.skip();
        advance();
    }

    private void advance() {
        for (SeasonalCycle season : seasons) {
            season.advance();
        }
    }

    private double season() {
        double sum = 0;
        for (SeasonalCycle season : seasons) {
            sum += season.next();
        }
        return sum;
    }

    private static double bound(double value) {
        return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, value));
    }

    @Override
    public double next() {
        double next = inner.next();
        for (SeasonalCycle season : seasons) {
            next += season.next();
        }
        return bound(next);
    }

    @Override
    public void forecast(double[] mean) {
        inner.forecast(mean);
        for (SeasonalCycle season : seasons) {
            season.addTo(mean);
        }
        for (int step = 0; step < mean.length; step++) {
            mean[step] = bound(mean[step]);
        }
    }

    @Override
    public void errorGrowth(double[] factors) {
        inner.errorGrowth(factors);
    }

    @Override
    public SeasonallyAdjustedModel copy() {
        SeasonalCycle[] copies = new SeasonalCycle[seasons.length];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = seasons[i].copy();
        }
        return new SeasonallyAdjustedModel(inner.copy(), copies, gain, errorMagnitude);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeInt(seasons.length);
        out.writeDouble(gain);
        out.writeDouble(errorMagnitude);
        for (SeasonalCycle season : seasons) {
            season.save(out);
        }
        inner.save(out);
    }
}
