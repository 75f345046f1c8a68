package io.foreshard.examples.harness;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What was started and is to be stopped, last first; also when the program is interrupted. Closing it twice does nothing more. Safe for
 * use by several threads.
 */
public final class Cleanup implements AutoCloseable {

    private final String program;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final Thread onExit = new Thread(this::stopAll, "cleanup");

    /** Something to stop. */
    @FunctionalInterface
    public interface Part {

        /**
         * Stops it.
         *
         * @throws Exception is printed, and the others are stopped anyhow
         */
        void stop() throws Exception;
    }

    /**
     * Nothing is to be stopped yet.
     *
     * @param program the name in what is printed when something cannot be stopped
     */
    public Cleanup(String program) {
        this.program = program;
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /** Stops this part too, before those that were added earlier. */
    public synchronized void add(Part part) {
        parts.push(part);
    }

    private synchronized void stopAll() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().stop();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (Exception fault) {
                // What is left must be stopped whatever becomes of this.
                System.err.println(program + ": while stopping: " + fault);
            }
        }
    }

    @Override
    public void close() {
        stopAll();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException alreadyExiting) {
            // The hook finds nothing to do.
        }
    }
}
