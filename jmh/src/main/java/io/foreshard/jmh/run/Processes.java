package io.foreshard.jmh.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Processes that run at the same time; closing ends those that still do. */
public final class Processes implements AutoCloseable {

    private final List<Process> started = new ArrayList<>();

    /** Makes one without processes. */
    public Processes() {}

    /**
     * Starts one.
     *
     * @param command the program and its arguments
     * @param output the file for all that it prints
     * @throws IOException if it cannot be started
     */
    public Process start(List<String> command, Path output) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        started.add(process);
        return process;
    }

    /** Waits for one to end well; returns whether it has. */
    public static boolean awaitSuccess(Process process, long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Override
    public void close() {
        started.forEach(Process::destroyForcibly);
        started.forEach(process -> process.onExit().join());
    }
}
