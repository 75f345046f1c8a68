package io.foreshard.stackvirt.mux;

/** Is told that messages wait for a stack. */
@FunctionalInterface
public interface DemandListener {

    /** Does nothing about it. */
    DemandListener NONE = (kind, waiting, cold) -> {};

    /**
     * Hears of it, on the multiplexer's loop: for the first message that waits and each time that twice as many do.
     *
     * @param kind whose stacks are wanted
     * @param waiting how many messages wait
     * @param cold whether no stack of the kind runs, rather than too few
     */
    void onDemand(String kind, int waiting, boolean cold);
}
