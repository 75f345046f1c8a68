package io.foreshard.coreapi;

/**
 * Is told what an engine counts. Called on the engine's event loop, for single packets too, so it must neither block nor
 * allocate much; an exception is swallowed.
 */
@FunctionalInterface
public interface EngineObserver {

    /** Ignores everything. */
    EngineObserver NOOP = (reason, amount) -> {};

    /**
     * Takes a count.
     *
     * @param reason what happened
     * @param amount how often, at least 1
     */
    void count(Reason reason, long amount);
}
