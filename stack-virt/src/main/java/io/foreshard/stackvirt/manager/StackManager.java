package io.foreshard.stackvirt.manager;

import io.foreshard.stackvirt.mux.Multiplexer;
import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackResources;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Keeps as many stacks of each kind as it is told, as ready as it is told: sets them up, starts, freezes, thaws, watches, drains, replaces and
 * removes them. How many is decided elsewhere.
 *
 * <p>All methods may be called by any thread. Stages complete on the manager's event loop.
 */
public interface StackManager extends AutoCloseable {

    /**
     * Returns a builder with the defaults.
     *
     * @param owner names this manager on its machine: small letters and digits, at most 16; what it leaves behind is known again by it
     * @param multiplexer brings messages to the stacks, and has the same kinds; everything happens on its loop
     */
    static StackManagerBuilder builder(String owner, Multiplexer multiplexer) {
        return new StackManagerBuilder(owner, multiplexer);
    }

    /**
     * Looks what an earlier manager of the same owner has left: stacks of kinds that are as they were are taken over, everything else is removed.
     * Nothing is created before.
     *
     * @return completes when that is done
     */
    CompletionStage<Void> open();

    /**
     * Returns the engine that runs a kind.
     *
     * @param kind which one
     * @throws IllegalArgumentException if there is no such kind
     */
    StackEngine engine(String kind);

    /**
     * Says how many stacks of a kind there are to be. Until it is said for the first time, stacks that were taken over stay as they were found.
     *
     * @param kind which one
     * @param targets from now on
     * @throws IllegalArgumentException if there is no such kind
     */
    void scale(String kind, StackTargets targets);

    /**
     * Changes what each stack of a kind may use, of those that are there and of new ones. Memory is raised as far as the limit of the manager
     * allows for all stacks of the kind alike; that it is less than wanted is counted as {@link ManagerReason#MEMORY_LIMIT}.
     *
     * @param kind which one
     * @param resources from now on
     * @return completes with what each may use, when all may; exceptionally if one could not be changed, which then counts with the more of
     *     what it had and what it was to have
     * @throws IllegalArgumentException if there is no such kind
     */
    CompletionStage<StackResources> resize(String kind, StackResources resources);

    /** Tells how all kinds are, as of the newest look; in the order in which they were added. */
    List<KindReport> report();

    /**
     * Lets go of all stacks and leaves them running, for a manager of the same owner that comes after this one.
     *
     * @return completes when nothing happens any more
     */
    CompletionStage<Void> detach();

    /**
     * Removes all stacks, without waiting for the answers that they owe.
     *
     * @return completes when nothing is left of them
     */
    CompletionStage<Void> stop();

    /** Begins to {@link #stop}, if nothing else has ended it. May be repeated. */
    @Override
    void close();
}
