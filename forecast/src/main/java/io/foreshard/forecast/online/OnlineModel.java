package io.foreshard.forecast.online;

import io.foreshard.forecast.interval.HistoryRange;
import io.foreshard.forecast.model.StreamingModel;
import io.foreshard.forecast.saved.Saved;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The means of the online forecaster: simple experts, mixed by their recent errors of the next step, within the range of history.
 */
public final class OnlineModel implements StreamingModel {

    /** The longest season, in steps. */
    public static final int MAX_PERIOD_STEPS = 65_535;

    private static final int VERSION = 1;
    private static final int MAX_PERIODS = 8;
    private static final double WIDENING = 1;

    private final int[] periods;
    private final boolean nonNegative;
    private final OnlineExperts experts;
    private final ExpertShares shares;
    private final HistoryRange range;
    private final double[] forecasts;
    private double next;
    private boolean started;
    private boolean afterGap;

    private OnlineModel(
            int[] periods, boolean nonNegative, OnlineExperts experts, ExpertShares shares, HistoryRange range) {
        this.periods = periods;
        this.nonNegative = nonNegative;
        this.experts = experts;
        this.shares = shares;
        this.range = range;
        forecasts = new double[experts.size()];
    }

    /**
     * Returns a model that has seen no sample.
     *
     * @param periods lengths of the seasons in steps, each 2…{@value #MAX_PERIOD_STEPS}, none or up to eight; the first is remembered
     * @param nonNegative whether to hold forecasts at 0 or above
     * @throws IllegalArgumentException if a period is out of range or there are too many
     */
    public static OnlineModel untaught(int[] periods, boolean nonNegative) {
        int[] seasons = checkedPeriods(periods);
        OnlineExperts experts = OnlineExperts.untaught(seasons);
        return new OnlineModel(
                seasons, nonNegative, experts, new ExpertShares(experts.size()), new HistoryRange(WIDENING));
    }

    @Override
    public String description() {
        return "experts" + (periods.length == 0 ? "" : " with seasons " + Arrays.toString(periods));
    }

    @Override
    public void update(double sample) {
        if (!started) {
            range.start(sample);
            started = true;
        } else {
            if (!afterGap) {
                shares.score(sample, forecasts);
            }
            range.include(sample);
        }
        afterGap = false;
        experts.update(sample);
        prepare();
    }

    @Override
    public void skip() {
        if (started) {
            afterGap = true;
            experts.skip(range);
            prepare();
        }
    }

    private void prepare() {
        experts.next(forecasts);
        next = bound(shares.mix(forecasts));
    }

    /** Returns the nearest value that forecasts may have. */
    public double bound(double value) {
        double bounded = range.clamp(value);
        return nonNegative ? Math.max(0, bounded) : bounded;
    }

    /** Returns the last sample, 0 before the first. */
    public double last() {
        return forecasts[OnlineExperts.LAST];
    }

    @Override
    public double next() {
        return next;
    }

    @Override
    public void forecast(double[] mean) {
        if (!started) {
            Arrays.fill(mean, 0);
            return;
        }
        experts.mix(shares, mean);
        for (int step = 0; step < mean.length; step++) {
            mean[step] = step == 0 ? next : bound(mean[step]);
        }
    }

    @Override
    public void errorGrowth(double[] factors) {
        experts.growth(shares, factors);
    }

    @Override
    public OnlineModel copy() {
        OnlineModel copy = new OnlineModel(
                periods, nonNegative, experts.copy(), new ExpertShares(shares), new HistoryRange(range));
        copy.started = started;
        copy.afterGap = afterGap;
        if (started) {
            copy.prepare();
        }
        return copy;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeInt(periods.length);
        for (int period : periods) {
            out.writeInt(period);
        }
        out.writeBoolean(nonNegative);
        out.writeBoolean(started);
        out.writeBoolean(afterGap);
        experts.save(out);
        shares.save(out);
        range.save(out);
    }

    /**
     * Reads what {@link #save} wrote; the model goes on bit for bit.
     *
     * @param in stands before the version byte
     * @throws IOException if the input fails or holds something else
     */
    public static OnlineModel load(DataInput in) throws IOException {
        Saved.version(in, VERSION);
        int[] periods = loadPeriods(in);
        boolean nonNegative = in.readBoolean();
        boolean started = in.readBoolean();
        boolean afterGap = in.readBoolean();
        OnlineExperts experts = OnlineExperts.load(in, periods);
        OnlineModel model = new OnlineModel(
                periods, nonNegative, experts, new ExpertShares(experts.size()), new HistoryRange(WIDENING));
        model.shares.restore(in);
        model.range.restore(in);
        model.started = started;
        model.afterGap = afterGap;
        if (started) {
            model.prepare();
        }
        return model;
    }

    private static int[] loadPeriods(DataInput in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MAX_PERIODS) {
            throw new IOException("periods: " + count + " (expected: 0…" + MAX_PERIODS + ")");
        }
        int[] periods = new int[count];
        for (int index = 0; index < count; index++) {
            periods[index] = checkedPeriod(in);
        }
        return periods;
    }

    private static int checkedPeriod(DataInput in) throws IOException {
        try {
            return checkedPeriod(in.readInt());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * Checks lengths of seasons as {@link #untaught} does.
     *
     * @return a copy
     * @throws IllegalArgumentException if one is out of range or there are too many
     */
    public static int[] checkedPeriods(int[] periods) {
        if (periods.length > MAX_PERIODS) {
            throw new IllegalArgumentException(
                    "periods: " + periods.length + " of them (expected: at most " + MAX_PERIODS + ")");
        }
        for (int period : periods) {
            checkedPeriod(period);
        }
        return periods.clone();
    }

    private static int checkedPeriod(int period) {
        if (period < 2 || period > MAX_PERIOD_STEPS) {
            throw new IllegalArgumentException("periods: " + period + " (expected: 2…" + MAX_PERIOD_STEPS + ")");
        }
        return period;
    }
}
