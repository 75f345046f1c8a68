package io.foreshard.coreapi;

/**
 * Says after each use of something that is costly to start when to have it ready again and for how long. Confined to one thread at a time.
 */
public interface IdleTimeForecaster {

    /**
     * Counts one more idle time and sets the windows for the next.
     *
     * @param idleSteps steps from the end of a use to the next, below 0 counts as 0
     */
    void record(long idleSteps);

    /** Returns how many steps after the end of a use the thing is to be ready again; 0 means that it does not go at all. */
    long preWarmSteps();

    /** Returns for how many steps from {@link #preWarmSteps} on the thing stays ready, at least 1. */
    long keepAliveSteps();
}
