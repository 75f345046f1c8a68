package io.foreshard.jmh;

import java.io.PrintStream;
import java.nio.file.Path;

/**
 * How long a comparison runs and on what.
 *
 * @param quick whether seeded samples of the data are enough
 * @param data the folder of recorded data
 * @param work a folder for the files of the run
 * @param seed the seed of the samples
 * @param progress receives a line for each step
 */
public record ComparisonSettings(boolean quick, Path data, Path work, long seed, PrintStream progress) {

    /** Tells what goes on. */
    public void say(String line) {
        progress.println(line);
    }
}
