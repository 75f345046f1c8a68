package io.foreshard.jmh.addresses;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import java.util.Arrays;

/** A forecaster that knows what will be asked for, as it has the trace: what it says is worth a lot of weight. */
final class Foreknowing implements Forecaster {

    private final ChurnTrace trace;
    private final int flavour;
    private int samples;

    Foreknowing(ChurnTrace trace, String flavour) {
        this.trace = trace;
        this.flavour = trace.flavours().indexOf(flavour);
    }

    @Override
    public void update(double sample) {
        samples++;
    }

    @Override
    public Forecast forecast(int horizonSteps) {
        double[] mean = new double[horizonSteps];
        // The first sample ends the step before the first slot.
        Arrays.setAll(mean, i -> trace.count(Math.min(trace.slots() - 1, samples - 1 + i), flavour));
        return new Forecast(mean, new double[] {0.975}, new double[][] {mean}, 0.9);
    }
}
