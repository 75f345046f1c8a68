package io.foreshard.stackvirt.spi;

/**
 * Says which stack gets a message. A pure decision on the data path: it sees, draws by the number that it is handed, and answers with an
 * index. It allocates nothing, never blocks and does not throw. It may have scratch space, as each multiplexer has its own for each kind,
 * but no memory: the same view and number give the same answer.
 */
@FunctionalInterface
public interface StackSelector {

    /** No stack: the message waits. */
    int NONE = -1;

    /**
     * Picks a stack.
     *
     * @param stacks those of the kind; not to be kept
     * @param random 64 random bits
     * @return an index for which {@link StacksView#takes} holds, or {@link #NONE} if there is none
     */
    int pick(StacksView stacks, long random);
}
