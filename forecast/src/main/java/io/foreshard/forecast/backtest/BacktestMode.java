package io.foreshard.forecast.backtest;

/** What a method learns between two origins. */
public enum BacktestMode {
    /** At each origin a new instance learns from all that came before: what a refit every time would give. */
    REFIT,
    /** One instance learns the part before the first origin, and is then fed sample by sample: as in operation, and cheaper. */
    UPDATE
}
