package io.foreshard.jmh.addresses;

import io.foreshard.coreapi.Forecast;
import io.foreshard.coreapi.Forecaster;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Forecasters that do harm where they are believed. */
enum Misleading {
    /** Says little where much is to come, and the other way round. */
    INVERTED {
        @Override
        Forecast mislead(Forecast real, @Nullable Forecast first, int samples, double most) {
            return forecast(real.horizonSteps(), step -> most - real.mean(step));
        }
    },
    /** Says what is no number. */
    NAN {
        @Override
        Forecast mislead(Forecast real, @Nullable Forecast first, int samples, double most) {
            return forecast(real.horizonSteps(), step -> Double.NaN);
        }
    },
    /** Says for ever what it said after half a day. */
    STALE {
        @Override
        Forecast mislead(Forecast real, @Nullable Forecast first, int samples, double most) {
            return first == null ? real : first;
        }
    },
    /** Knows the future for the week that does not count, so that it is believed, and then says the opposite. */
    TURNED {
        @Override
        Forecast mislead(Forecast real, @Nullable Forecast first, int samples, double most) {
            return samples < TURNS_AFTER ? real : INVERTED.mislead(real, first, samples, most);
        }
    },
    /** Knows the future for the week that does not count, and then says ten times as much. */
    SWOLLEN {
        @Override
        Forecast mislead(Forecast real, @Nullable Forecast first, int samples, double most) {
            return samples < TURNS_AFTER ? real : forecast(real.horizonSteps(), step -> 10 * real.mean(step));
        }
    };

    private static final int STALE_AFTER = 144;
    private static final int TURNS_AFTER = PrefetchReplay.WARM_UP_SLOTS;

    abstract Forecast mislead(Forecast real, @Nullable Forecast first, int samples, double most);

    /** A value for a step ahead. */
    interface ByStep {
        double at(int step);
    }

    private static Forecast forecast(int horizon, ByStep values) {
        double[] mean = new double[horizon];
        Arrays.setAll(mean, i -> values.at(i + 1));
        return new Forecast(mean, new double[] {0.975}, new double[][] {mean}, 0.1);
    }

    /** Returns whether it is to be believed first. */
    boolean winsTrust() {
        return this == TURNED || this == SWOLLEN;
    }

    /** Returns a forecaster that asks a real one, and misleads. */
    Forecaster around(Forecaster real) {
        return new Forecaster() {

            private int samples;
            private double most;
            private @Nullable Forecast first;

            @Override
            public void update(double sample) {
                samples++;
                most = Math.max(most, sample);
                real.update(sample);
            }

            @Override
            public Forecast forecast(int horizonSteps) {
                Forecast honest = real.forecast(horizonSteps);
                first = samples == STALE_AFTER ? honest : first;
                return mislead(honest, first, samples, most);
            }
        };
    }
}
