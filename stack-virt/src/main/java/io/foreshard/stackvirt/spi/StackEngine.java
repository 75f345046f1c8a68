package io.foreshard.stackvirt.spi;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Runs protocol stacks: in this process, or in containers by a program or service. A driver: it does what it is told, reports what happened,
 * and decides nothing.
 *
 * <p>All methods may be called by any thread and return at once. Calls for one stack are carried out in their order, those for several side by
 * side as far as the engine can. A stage completes with a {@link StackException} if the thing could not be done; the stack is then as before, or
 * {@link #destroy} is called for it. Every stage completes within the engine's time-out. The engine starts no thread of its own: where
 * something blocks, it does so on an executor that its builder was given.
 */
public interface StackEngine extends AutoCloseable {

    /** Returns its name, unique among the engines of a manager, in kebab-case. */
    String name();

    /**
     * Returns whether the engine takes stacks that are made of this.
     *
     * @param source what they are made of
     */
    boolean runs(StackSource source);

    /** Finds out what the engine can do here. Completes exceptionally only if the engine cannot do anything. */
    CompletionStage<EngineReport> probe();

    /**
     * Sets a stack up, with its limits applied, but starts no process of it.
     *
     * @param id of an owner and number that were never used
     * @param spec what it is
     */
    CompletionStage<Void> create(StackId id, StackSpec spec);

    /**
     * Starts the processes of a stack that was created.
     *
     * @param id which one
     * @return completes when they are started; {@link #connect} tells when the stack takes messages
     */
    CompletionStage<Void> start(StackId id);

    /**
     * Stops a running stack where it stands.
     *
     * @param id which one
     */
    CompletionStage<Void> freeze(StackId id);

    /**
     * Lets a frozen stack go on.
     *
     * @param id which one
     */
    CompletionStage<Void> thaw(StackId id);

    /**
     * Changes the limits of a stack.
     *
     * @param id which one
     * @param resources its limits from now on
     */
    CompletionStage<Void> update(StackId id, StackResources resources);

    /**
     * Ends a stack, whatever it is doing, and removes everything of it: processes, control groups, mounts, sockets, files. May be repeated, and
     * called for what {@link #find} has found.
     *
     * @param id which one; if there is none, there is nothing to do
     */
    CompletionStage<Void> destroy(StackId id);

    /**
     * Opens the way for messages to a stack that was started. Waits until the stack takes connections, as long as its health check allows. A stack
     * has one link at a time, also with several engines: an engine may wait in vain for a second one until the first is closed.
     *
     * @param id which one
     * @param loop on which the listener is told
     * @param listener told of answers and of the end
     */
    CompletionStage<StackLink> connect(StackId id, EventLoop loop, StackLink.Listener listener);

    /**
     * Reads what a stack uses.
     *
     * @param id which one
     */
    CompletionStage<StackUsage> usage(StackId id);

    /**
     * Finds all stacks of an owner that are there in any form, also rests of them.
     *
     * @param owner as in {@link StackId#owner()}
     */
    CompletionStage<List<FoundStack>> find(String owner);

    /** Ends what the engine itself has open. Stacks stay as they are, but for those in this process, which end. May be repeated. */
    @Override
    void close();
}
