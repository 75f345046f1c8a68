package io.foreshard.stackvirt.spi;

/**
 * The stacks of one kind at the moment of a pick, by index. Valid during the call only; an index means nothing afterwards. All methods are
 * cheap, allocate nothing, and take an index of 0 to {@link #size()}, exclusive.
 */
public interface StacksView {

    /** Returns how many stacks there are, also those that take nothing now. */
    int size();

    /**
     * Returns whether the message may go to a stack: it runs, has room by all its bounds, is neither draining nor frozen, and has not refused
     * this message before.
     *
     * @param stack which one
     */
    boolean takes(int stack);

    /**
     * Returns how many messages a stack has that are not answered, also those for which nobody waits any more.
     *
     * @param stack which one
     */
    int inFlight(int stack);

    /**
     * Returns how much a stack can do, compared with the others: 1 unless a forecast says otherwise. Above 0.
     *
     * @param stack which one
     */
    double weight(int stack);

    /**
     * Returns what a stack has in flight for its weight. A view may have it at hand.
     *
     * @param stack which one
     */
    default double load(int stack) {
        return inFlight(stack) / weight(stack);
    }

    /**
     * Returns how many messages a stack is forecast to have in flight soon; 0 if there is no forecast that is trusted. It may decide whom to
     * leave alone, never what a stack has in flight or how fast it is.
     *
     * @param stack which one
     */
    double expectedInFlight(int stack);

    /**
     * Returns how long a stack took for its last messages, in the median, when it had about as many in flight as now.
     *
     * @param stack which one
     * @return nanoseconds; 0 if it has not answered yet
     */
    long latencyNanos(int stack);

    /**
     * Returns how long ago a stack answered last.
     *
     * @param stack which one
     * @return nanoseconds; {@link Long#MAX_VALUE} if it has not answered yet
     */
    long ageNanos(int stack);

    /**
     * Returns how long the oldest message of a stack waits for its answer.
     *
     * @param stack which one
     * @return nanoseconds; 0 if it has none
     */
    long oldestNanos(int stack);

    /**
     * Returns which part of a stack's last messages failed. Fades with time, so that a stack gets another chance.
     *
     * @param stack which one
     * @return 0…1
     */
    double errorShare(int stack);

    /**
     * Returns which part is left of the scarcer of processor time and memory.
     *
     * @param stack which one
     * @return 0…1; 1 if not known
     */
    double headroom(int stack);

    /** Returns the stack that was picked last, or -1. */
    int previous();
}
