package io.foreshard.stackvirt.spi;

/**
 * Where messages are sent to stacks, as the manager of the stacks sees it. Called on the event loop of the stack's link only.
 */
public interface StackRouting {

    /**
     * Makes a stack known, which gets no messages yet.
     *
     * @param id which one
     * @param spec what it is
     * @return is told of answers, refusals and the end of the stack's link
     */
    StackLink.Listener attach(StackId id, StackSpec spec);

    /**
     * A stack takes messages from now on, for the first time or again.
     *
     * @param id which one
     * @param link the way to it
     */
    void ready(StackId id, StackLink link);

    /**
     * A stack gets no new messages from now on; those that it has may be answered.
     *
     * @param id which one
     */
    void drain(StackId id);

    /**
     * Returns how many messages a stack has not answered.
     *
     * @param id which one
     * @return 0 for one that is not known
     */
    int inFlight(StackId id);

    /**
     * Forgets a stack. Messages that it has not answered fail, or go to another one where their protocol allows that.
     *
     * @param id which one; nothing happens if it is not known
     */
    void remove(StackId id);
}
