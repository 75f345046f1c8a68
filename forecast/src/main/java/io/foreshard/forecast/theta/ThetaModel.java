package io.foreshard.forecast.theta;

import io.foreshard.forecast.model.StreamingModel;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;

/** A Theta method with known parameters that goes on with each sample; made by a {@link ThetaFitter}. */
public final class ThetaModel implements StreamingModel {

    private static final int VERSION = 1;

    private final ThetaForm form;
    private final Season season;
    private final ThetaState state;
    private int phase;

    ThetaModel(ThetaForm form, Season season, ThetaState state, int phase) {
        this.form = form;
        this.season = season;
        this.state = state;
        this.phase = phase;
    }

    /**
     * Reads a model that {@link #save} has written.
     *
     * @param in stands at the version byte
     * @return the model, which goes on bit for bit
     * @throws IOException if the input fails or holds no such model
     */
    public static ThetaModel load(DataInput in) throws IOException {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("version: " + version + " (expected: " + VERSION + ")");
        }
        int form = in.readByte();
        if (form < 0 || form >= ThetaForm.values().length) {
            throw new IOException("form: " + form + " (expected: 0…" + (ThetaForm.values().length - 1) + ")");
        }
        Season season = Season.load(in);
        int phase = in.readInt();
        if (phase < 0 || phase >= season.period()) {
            throw new IOException("phase: " + phase + " (expected: 0…" + (season.period() - 1) + ")");
        }
        return new ThetaModel(ThetaForm.values()[form], season, ThetaState.load(in), phase);
    }

    @Override
    public String description() {
        String name = switch (form) {
            case CLASSIC -> "Theta";
            case OPTIMISED -> "Optimised Theta";
            case DYNAMIC -> "Dynamic optimised Theta";
        };
        String seasons = season.isNone() ? "" : (season.multiplicative() ? "M," : "A,") + season.period() + "; ";
        return String.format(Locale.ROOT, "%s(%sα=%.3g θ=%.3g)", name, seasons, state.alpha(), 1 / (1 - state.omega()));
    }

    @Override
    public void update(double sample) {
        state.update(season.takeOff(sample, phase));
        phase = season.after(phase);
    }

    @Override
    public void skip() {
        state.skip();
        phase = season.after(phase);
    }

    @Override
    public double next() {
        return season.putOn(state.next(), phase);
    }

    @Override
    public void forecast(double[] mean) {
        state.forecast(mean);
        int at = phase;
        for (int step = 0; step < mean.length; step++) {
            mean[step] = season.putOn(mean[step], at);
            at = season.after(at);
        }
    }

    /** {@inheritDoc} Those of the series without its season. */
    @Override
    public void errorGrowth(double[] factors) {
        state.errorGrowth(factors);
    }

    @Override
    public ThetaModel copy() {
        return new ThetaModel(form, season, state.copy(), phase);
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeByte(form.ordinal());
        season.save(out);
        out.writeInt(phase);
        state.save(out);
    }
}
