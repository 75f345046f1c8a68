package io.foreshard.coreapi;

/**
 * Is told when a gate between forecasts and decisions changes. Called on the engine's event loop, so it must not block; an exception
 * changes nothing, and is counted where the engine counts what its listeners throw.
 */
@FunctionalInterface
public interface GateListener {

    /** Ignores changes. */
    GateListener NOOP = (subject, report) -> {};

    /**
     * Takes a change.
     *
     * @param subject what is decided on, such as a path
     * @param report the new state and the numbers that it rests on
     */
    void onGate(String subject, GateReport report);
}
