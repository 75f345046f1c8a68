package io.foreshard.addrsharding.demand;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import io.foreshard.runtime.Checks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows how many VMs a subdivision runs and forecasts that: by any {@link Forecaster} of the count, or, without one, that it stays as it is, within what it
 * changed by lately. External events are taken out of what the forecaster sees, and put into what it says. Confined to one thread.
 */
public final class DemandModel {

    private static final double[] LEVELS = {0.05, 0.5, 0.95, 0.99};

    private final String subdivision;
    private final long stepMillis;
    private final double bandwidthPerVm;
    private final @Nullable Forecaster forecaster;
    private final EventEffects effects = new EventEffects();
    private final StepHistory changes;
    private double running;
    private double plain;
    private double expectedPlain = Double.NaN;
    private long nowMillis;

    /**
     * Makes a model of a subdivision without VMs.
     *
     * @param subdivision its name
     * @param stepMillis how long a step is, a minute up to a day
     * @param profiles of its applications
     * @param forecaster of how many VMs run, or null for none; belongs to this from now on
     * @throws IllegalArgumentException if a value is out of range
     */
    public DemandModel(
            String subdivision, long stepMillis, List<ApplicationProfile> profiles, @Nullable Forecaster forecaster) {
        this.subdivision = subdivision;
        this.stepMillis = Checks.inRange("stepMillis", stepMillis, 60_000, 86_400_000);
        this.bandwidthPerVm = ApplicationProfile.meanBandwidth(profiles);
        this.forecaster = forecaster;
        changes = new StepHistory((int) Math.max(1, 86_400_000 / stepMillis));
    }

    /**
     * Adds an event, past or to come.
     *
     * @param event of this subdivision
     */
    public void add(ExternalEvent event) {
        effects.add(event);
    }

    /**
     * Takes the creations and destructions of a step.
     *
     * @param endMillis when it ended, in milliseconds since 1970
     * @param created how many VMs were started, not negative
     * @param destroyed how many were ended, not negative; more than run end all of them
     */
    public void observe(long endMillis, long created, long destroyed) {
        Checks.notNegative("created", created);
        Checks.notNegative("destroyed", destroyed);
        nowMillis = endMillis;
        running = Math.max(0, running + (double) created - (double) destroyed);
        effects.learn(running, expectedPlain, endMillis - 1);
        double before = plain;
        plain = effects.without(running, endMillis - 1);
        changes.add(Math.abs(plain - before));
        if (forecaster != null) {
            forecaster.update(plain);
        }
        // During an event the level of before stands, else it would learn that there is none.
        if (!effects.isAny(endMillis - 1) || Double.isNaN(expectedPlain)) {
            expectedPlain = plain;
        }
    }

    /**
     * Forecasts the next steps.
     *
     * @param steps how many, 1…4096
     */
    public DemandForecast forecast(int steps) {
        Checks.inRange("steps", steps, 1, 4096);
        Forecast base = forecaster == null ? naive(steps) : forecaster.forecast(steps);
        double[] levels = base.levels();
        double[] mean = new double[steps];
        double[][] quantiles = new double[levels.length][steps];
        for (int step = 1; step <= steps; step++) {
            long at = nowMillis + step * stepMillis - 1;
            mean[step - 1] = effects.with(counted(base.mean(step)), at);
            for (int row = 0; row < levels.length; row++) {
                quantiles[row][step - 1] = effects.with(counted(base.quantile(levels[row], step)), at);
            }
        }
        Forecast vms = new Forecast(mean, levels, quantiles, base.skill());
        return new DemandForecast(subdivision, nowMillis + stepMillis, stepMillis, vms, bandwidthPerVm);
    }

    /**
     * Returns what events that are known will add to the VMs that run, within the next steps. That is no forecast: somebody has said so.
     *
     * @param steps how many, at least 1
     */
    public EventRise eventRise(int steps) {
        EventRise most = EventRise.NONE;
        for (int step = 1; step <= steps; step++) {
            long at = nowMillis + step * stepMillis - 1;
            double rise = effects.isAny(at) ? effects.with(plain, at) - running : 0;
            if (rise > most.vms()) {
                most = new EventRise(rise, effects.kindsAt(at));
            }
        }
        return most;
    }

    /** What is no count stands for what is there. */
    private double counted(double value) {
        return Double.isFinite(value) ? Math.max(0, value) : plain;
    }

    private Forecast naive(int steps) {
        double[] mean = new double[steps];
        double[][] quantiles = new double[LEVELS.length][steps];
        double spread = changes.quantile(0.9, Integer.MAX_VALUE);
        for (int step = 0; step < steps; step++) {
            mean[step] = plain;
            for (int row = 0; row < LEVELS.length; row++) {
                double off = (LEVELS[row] - 0.5) * 2 * spread * Math.sqrt(step + 1.0);
                quantiles[row][step] = Math.max(0, plain + off);
            }
        }
        return new Forecast(mean, LEVELS, quantiles, 1);
    }

    /** Returns how many VMs run. */
    public double running() {
        return running;
    }
}
