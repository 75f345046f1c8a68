package io.foreshard.forecast.backtest;

/** Is told how far a back-test is. Called by one thread at a time, on the threads that work; an exception is swallowed. */
@FunctionalInterface
public interface BacktestProgress {

    /** Ignores everything. */
    BacktestProgress NONE = (finished, total, method, series) -> {};

    /**
     * Takes a piece of work that is done.
     *
     * @param finished pieces done so far, this one included
     * @param total pieces in all
     * @param method name of the method that ran
     * @param series name of the series that it ran on
     */
    void finished(int finished, int total, String method, String series);
}
