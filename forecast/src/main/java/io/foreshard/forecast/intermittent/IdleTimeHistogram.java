package io.foreshard.forecast.intermittent;

import io.foreshard.coreapi.IdleTimeForecaster;
import io.foreshard.forecast.autoregression.RecursiveAutoregression;
import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Says after each use of something that is costly to start when to have it ready again and for how long: the hybrid histogram
 * policy of Shahrad et al., "Serverless in the Wild" (USENIX ATC 2020).
 *
 * <p>Idle times, from the end of a use to the next, are counted in a histogram of one bin per step. After a use the thing may go;
 * it is to be ready {@link #preWarmSteps} after the use and to stay for {@link #keepAliveSteps}. The windows follow from
 * <ul>
 *   <li>the {@linkplain Basis#HISTOGRAM histogram}: from its head percentile, less a margin, to its tail percentile and a margin;
 *   <li>an {@linkplain Basis#TIME_SERIES autoregression of the idle times} when too many of them are beyond the last bin: around
 *       the idle time it expects, with a margin on both sides;
 *   <li>the {@linkplain Basis#STANDARD standard keep-alive}, as long as the histogram and at once, while there are too few idle
 *       times or they fill the bins so evenly that a window would say nothing.
 * </ul>
 *
 * <p>Confined to one thread at a time. {@link #record} allocates nothing and takes time in proportion to the bins.
 */
public final class IdleTimeHistogram implements IdleTimeForecaster {

    /** Default number of bins: four hours when a step is a minute. */
    public static final int DEFAULT_BINS = 240;

    /** Default share of the idle times that may end before the thing is ready again. */
    public static final double DEFAULT_HEAD = 0.05;

    /** Default share of the idle times that end before the thing goes. */
    public static final double DEFAULT_TAIL = 0.99;

    /** Default widening of the window of the histogram on each side, as a share of where the side is. */
    public static final double DEFAULT_MARGIN = 0.1;

    /** Default widening of the window around an expected idle time on each side, as a share of that time. */
    public static final double DEFAULT_TIME_SERIES_MARGIN = 0.15;

    /** Default coefficient of variation of the bin counts from which the histogram is representative. */
    public static final double DEFAULT_LEAST_VARIATION = 2;

    /** Default share of idle times beyond the last bin above which the autoregression decides. */
    public static final double DEFAULT_MOST_OUT_OF_BOUNDS = 0.5;

    /** Default number of idle times below which the standard keep-alive holds. */
    public static final int DEFAULT_LEAST_SAMPLES = 10;

    private static final int VERSION = 1;
    private static final int MAX_BINS = 1 << 16;
    private static final int MOST_SAMPLES = 4096;
    private static final long LONGEST = 1L << 53;

    private final double head;
    private final double tail;
    private final double margin;
    private final double leastVariation;
    private final double mostOutOfBounds;
    private final int leastSamples;
    private final IdleBins bins;
    private final RecursiveAutoregression idleTimes;

    private Basis basis = Basis.STANDARD;
    private long preWarm;
    private long keepAlive;

    /** What the windows follow from. */
    public enum Basis {
        /** Too little is known: ready at once, for as long as the histogram reaches. */
        STANDARD,
        /** The percentiles of the histogram. */
        HISTOGRAM,
        /** The expected next idle time. */
        TIME_SERIES
    }

    private IdleTimeHistogram(Builder builder, IdleBins bins, RecursiveAutoregression idleTimes) {
        head = builder.head;
        tail = builder.tail;
        margin = builder.margin;
        leastVariation = builder.leastVariation;
        mostOutOfBounds = builder.mostOutOfBounds;
        leastSamples = builder.leastSamples;
        this.bins = bins;
        this.idleTimes = idleTimes;
        keepAlive = bins.bins();
    }

    /** Returns a builder with the defaults of the paper. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void record(long idleSteps) {
        long idle = Math.max(0, Math.min(LONGEST, idleSteps));
        bins.record(idle);
        idleTimes.update((double) idle);
        basis = chosenBasis();
        switch (basis) {
            case STANDARD -> setWindow(0, bins.bins());
            case HISTOGRAM ->
                setWindow(
                        Math.floor(bins.percentile(head) * (1 - margin)),
                        Math.ceil((bins.percentile(tail) + 1) * (1 + margin)));
            case TIME_SERIES ->
                setWindow(
                        Math.floor(expectedIdleSteps() * (1 - DEFAULT_TIME_SERIES_MARGIN)),
                        Math.ceil(expectedIdleSteps() * (1 + DEFAULT_TIME_SERIES_MARGIN)));
        }
    }

    private Basis chosenBasis() {
        if (bins.samples() < leastSamples) {
            return Basis.STANDARD;
        }
        if (bins.outOfBounds() > mostOutOfBounds * bins.samples()) {
            return Basis.TIME_SERIES;
        }
        return bins.variation() >= leastVariation ? Basis.HISTOGRAM : Basis.STANDARD;
    }

    private double expectedIdleSteps() {
        return Math.max(1, idleTimes.next());
    }

    private void setWindow(double from, double to) {
        preWarm = (long) from;
        keepAlive = (long) Math.max(1, to - from);
    }

    /** Returns what the windows of now follow from. */
    public Basis basis() {
        return basis;
    }

    @Override
    public long preWarmSteps() {
        return preWarm;
    }

    @Override
    public long keepAliveSteps() {
        return keepAlive;
    }

    /** Returns the coefficient of variation of the bin counts: 0 when level, great when a few bins hold all. */
    public double variation() {
        return bins.variation();
    }

    /** Returns the share of the idle times that are beyond the last bin, 0 when there are none. */
    public double outOfBoundsShare() {
        return bins.samples() == 0 ? 0 : (double) bins.outOfBounds() / bins.samples();
    }

    /**
     * Writes settings and state, so that {@link #load} gives a histogram that goes on the same.
     *
     * @param out receives a version byte first
     * @throws IOException if the output fails
     */
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeInt(bins.bins());
        out.writeDouble(head);
        out.writeDouble(tail);
        out.writeDouble(margin);
        out.writeDouble(leastVariation);
        out.writeDouble(mostOutOfBounds);
        out.writeInt(leastSamples);
        bins.save(out);
        idleTimes.save(out);
        out.writeByte(basis.ordinal());
        out.writeLong(preWarm);
        out.writeLong(keepAlive);
    }

    /**
     * Returns the histogram that {@link #save} wrote.
     *
     * @param in stands at the version byte
     * @throws IOException if the input fails, ends early, is of another version, or says what no builder allows
     */
    public static IdleTimeHistogram load(DataInput in) throws IOException {
        Saved.version(in, VERSION);
        IdleTimeHistogram histogram;
        try {
            Builder builder = new Builder().bins(in.readInt()).percentiles(in.readDouble(), in.readDouble());
            builder.margin(in.readDouble()).leastVariation(in.readDouble()).mostOutOfBounds(in.readDouble());
            builder.leastSamples(in.readInt());
            IdleBins counts = new IdleBins(builder.bins, MOST_SAMPLES);
            counts.restore(in);
            histogram = new IdleTimeHistogram(builder, counts, RecursiveAutoregression.load(in));
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        int basis = in.readByte();
        if (basis < 0 || basis >= Basis.values().length) {
            throw new IOException("basis: " + basis + " (expected: 0…" + (Basis.values().length - 1) + ")");
        }
        histogram.basis = Basis.values()[basis];
        histogram.preWarm = Saved.count(in, "preWarm");
        histogram.keepAlive = Math.max(1, Saved.count(in, "keepAlive"));
        return histogram;
    }

    /** Collects the settings. */
    public static final class Builder {

        private int bins = DEFAULT_BINS;
        private double head = DEFAULT_HEAD;
        private double tail = DEFAULT_TAIL;
        private double margin = DEFAULT_MARGIN;
        private double leastVariation = DEFAULT_LEAST_VARIATION;
        private double mostOutOfBounds = DEFAULT_MOST_OUT_OF_BOUNDS;
        private int leastSamples = DEFAULT_LEAST_SAMPLES;

        private Builder() {}

        /**
         * Sets the number of bins of one step, default {@value #DEFAULT_BINS}.
         *
         * @param count from 2 to 65 536
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder bins(int count) {
            require(count >= 2 && count <= MAX_BINS, "bins", count, "2 to " + MAX_BINS);
            bins = count;
            return this;
        }

        /**
         * Sets the percentiles between which the thing is ready, default {@value #DEFAULT_HEAD} and {@value #DEFAULT_TAIL}.
         *
         * @param headShare at least 0
         * @param tailShare above the head, at most 1
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder percentiles(double headShare, double tailShare) {
            require(headShare >= 0 && headShare < tailShare, "headShare", headShare, "from 0, below the tail");
            require(tailShare <= 1, "tailShare", tailShare, "at most 1");
            head = headShare;
            tail = tailShare;
            return this;
        }

        /**
         * Sets the widening of the window of the histogram on each side, default {@value #DEFAULT_MARGIN}.
         *
         * @param share of where the side is, in [0, 1]
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder margin(double share) {
            require(share >= 0 && share <= 1, "margin", share, "in [0, 1]");
            margin = share;
            return this;
        }

        /**
         * Sets the coefficient of variation of the bin counts from which the histogram decides, default
         * {@value #DEFAULT_LEAST_VARIATION}.
         *
         * @param value at least 0
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder leastVariation(double value) {
            require(value >= 0, "leastVariation", value, ">= 0");
            leastVariation = value;
            return this;
        }

        /**
         * Sets the share of idle times beyond the last bin above which the autoregression decides, default
         * {@value #DEFAULT_MOST_OUT_OF_BOUNDS}.
         *
         * @param share in [0, 1]
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder mostOutOfBounds(double share) {
            require(share >= 0 && share <= 1, "mostOutOfBounds", share, "in [0, 1]");
            mostOutOfBounds = share;
            return this;
        }

        /**
         * Sets the number of idle times below which the standard keep-alive holds, default {@value #DEFAULT_LEAST_SAMPLES}.
         *
         * @param count from 1 to 1000
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder leastSamples(int count) {
            require(count >= 1 && count <= 1000, "leastSamples", count, "1 to 1000");
            leastSamples = count;
            return this;
        }

        /** Returns a new histogram without idle times. */
        public IdleTimeHistogram build() {
            RecursiveAutoregression model =
                    RecursiveAutoregression.builder().lags(1, 2, 3).build();
            return new IdleTimeHistogram(this, new IdleBins(bins, MOST_SAMPLES), model);
        }

        private static void require(boolean holds, String name, double value, String expected) {
            if (!holds) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
            }
        }
    }
}
