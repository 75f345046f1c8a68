package io.foreshard.examples.bonded;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What was started and is to be stopped, last first; also when the program is interrupted. Closing it twice does nothing more. Safe for
 * use by several threads.
 */
final class Cleanup implements AutoCloseable {

    private final Deque<Part> parts = new ArrayDeque<>();
    private final Thread onExit = new Thread(this::stopAll, "cleanup");

    /** Something to stop. */
    @FunctionalInterface
    interface Part {
        void stop() throws Exception;
    }

    Cleanup() {
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    synchronized void add(Part part) {
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
                System.err.println("bonded-proxy: while stopping: " + fault);
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
