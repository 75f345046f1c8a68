package io.foreshard.examples.forecast;

import io.foreshard.examples.report.ProgressBar;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A bar on standard error, or nothing. */
final class Progress {

    private static final int RESOLUTION = 1000;

    private final ProgressBar bar;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    static Progress start(String label, boolean quiet) {
        PrintStream out =
                quiet ? new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8) : System.err;
        return new Progress(ProgressBar.start(label, RESOLUTION, out, ProgressBar.isTerminal(), System.nanoTime()));
    }

    /** Tells which share is done, 1 being all. */
    void advanceTo(double share) {
        bar.advanceTo((long) (RESOLUTION * share), System.nanoTime());
    }

    void finish() {
        bar.finish(System.nanoTime());
    }
}
