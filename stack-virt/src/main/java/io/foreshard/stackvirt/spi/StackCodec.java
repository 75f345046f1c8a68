package io.foreshard.stackvirt.spi;

import io.netty.buffer.ByteBuf;

/**
 * One side of the conversation with a stack. Confined to the event loop of its link, which sees to it that no more is under way than may be. What
 * the stack sends is hostile input: a codec keeps at most one message of it, throws nothing, and tells {@link StackWire#broken} of all that is not
 * in the protocol.
 */
public interface StackCodec {

    /**
     * Returns whether a message can be said in the protocol at all. One that cannot is refused and never sent.
     *
     * @param message stays with the caller, indexes included
     */
    boolean canSay(ByteBuf message);

    /**
     * Sends a message, now or as soon as its turn comes.
     *
     * @param correlation names the message
     * @param message can be said; taken over
     */
    void message(long correlation, ByteBuf message);

    /**
     * Asks whether the stack is well.
     *
     * @param correlation names the question
     */
    void ping(long correlation);

    /**
     * Reads what has come, cut anywhere. Whoever is told of it may close the codec.
     *
     * @param bytes taken over
     */
    void read(ByteBuf bytes);

    /** Releases what is half read and what is not sent. May be repeated; nothing is told after it. */
    void close();
}
