package io.foreshard.stackvirt.mux;

import io.foreshard.stackvirt.spi.StackFailure;

/** What a multiplexer tells whoever runs a stack, on its loop. */
public interface StackEvents {

    /**
     * The stack answers a question. Questions are asked on the link itself, with negative numbers; those above 0 are the messages'.
     *
     * @param correlation of the question
     */
    void onPong(long correlation);

    /** The stack is draining and nobody waits for an answer of it any more. */
    void onDrained();

    /** The stack has answered what it was not asked. Its link is closed, {@link #onClosed} follows. */
    void onLie();

    /**
     * The link of the stack is broken or closed. The stack is not in the set any more.
     *
     * @param failure why
     */
    void onClosed(StackFailure failure);
}
