package io.foreshard.jmh.gain;

import io.foreshard.coreapi.Forecaster;
import io.foreshard.coreapi.GateMode;
import io.foreshard.forecast.AutomaticForecaster;
import io.foreshard.transport.TransportConfigBuilder;

/** What differs between runs of one trace and seed. */
enum Twin {
    /** The gate is held shut: everything is reactive. */
    SHUT,
    /** The gate is free, the forecaster is the shipped automatic one. */
    FREE,
    /** The gate is free, each forecast is one that was made at some other time. */
    SHUFFLED,
    /** The gate is free, forecasts are mirrored at their mean: falls are foretold as rises. */
    INVERTED,
    /** The gate is free, forecasts are no numbers. */
    NOT_A_NUMBER,
    /** The gate is free, every forecast is the one that was made after ten seconds. */
    STALE;

    TransportConfigBuilder configure(TransportConfigBuilder config, long seed) {
        return config.gate(this == SHUT ? GateMode.SHUT : GateMode.FREE).forecaster(() -> forecaster(seed));
    }

    private Forecaster forecaster(long seed) {
        Forecaster automatic = AutomaticForecaster.builder()
                .nonNegative(true)
                .maxHorizonSteps(16)
                .build();
        return switch (this) {
            case SHUT, FREE -> automatic;
            case SHUFFLED -> Adversary.shuffled(automatic, seed);
            case INVERTED -> Adversary.inverted(automatic);
            case NOT_A_NUMBER -> Adversary.notANumber();
            case STALE -> Adversary.stale(automatic);
        };
    }
}
