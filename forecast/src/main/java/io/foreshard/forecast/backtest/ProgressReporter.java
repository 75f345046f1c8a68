package io.foreshard.forecast.backtest;

/** Counts what is done and tells it, one thread at a time. */
final class ProgressReporter {

    private final BacktestProgress progress;
    private final int total;
    private int finished;

    ProgressReporter(BacktestProgress progress, int total) {
        this.progress = progress;
        this.total = total;
    }

    synchronized void finished(Track track) {
        finished++;
        try {
            progress.finished(
                    finished, total, track.method().name(), track.series().name());
        } catch (RuntimeException e) {
            // Who watches the work must not stop it.
            return;
        }
    }
}
