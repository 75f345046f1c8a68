package io.foreshard.stackvirt.mux;

import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackLink;
import java.util.List;

/**
 * The stacks of one kind, as whoever runs them tells. To be called on the multiplexer's loop. What is said of a stack that is not in the set
 * does nothing: it may have gone by itself just before.
 */
public interface StackSet {

    /**
     * Adds a stack that is about to be connected.
     *
     * @param id which one
     * @param events told what becomes of it
     * @return to be given to the engine with which the stack is connected
     * @throws IllegalArgumentException if it is in the set already
     */
    StackLink.Listener add(StackId id, StackEvents events);

    /**
     * Lets a stack have messages from now on.
     *
     * @param id which one
     * @param link to it, made with the listener that {@link #add} gave
     */
    void open(StackId id, StackLink link);

    /**
     * Lets a stack have no new messages, as before it is frozen. Those that it has stay with it; its keys go to others once it has answered
     * them.
     *
     * @param id which one
     */
    void suspend(StackId id);

    /**
     * Lets a suspended or draining stack have messages again.
     *
     * @param id which one
     */
    void resume(StackId id);

    /**
     * Lets a stack have no new messages, and tells its events once nobody waits for an answer of it.
     *
     * @param id which one
     */
    void drain(StackId id);

    /**
     * Takes a stack out at once and closes its link. Its messages go to others if they may, else they are refused. Its events hear nothing
     * more.
     *
     * @param id which one
     */
    void remove(StackId id);

    /**
     * Tells what is known of a stack beside its answers.
     *
     * @param id which one
     * @param condition what
     */
    void condition(StackId id, StackCondition condition);

    /**
     * Bounds the memory of messages in flight to a stack. One message alone may always go. At first there is no such bound.
     *
     * @param id which one
     * @param bytes how many, not below 0
     */
    void credits(StackId id, long bytes);

    /** Returns how the stacks do. */
    List<StackStatistics> stacks();

    /** Returns how the messages do. */
    KindStatistics statistics();
}
