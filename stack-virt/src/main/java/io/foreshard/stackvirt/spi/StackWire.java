package io.foreshard.stackvirt.spi;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The link as its codec sees it. Confined to the event loop of the link. */
public interface StackWire {

    /** Returns what buffers are taken from. */
    ByteBufAllocator allocator();

    /**
     * Sends bytes, together with what else is sent in this turn of the event loop.
     *
     * @param bytes taken over
     */
    void write(ByteBuf bytes);

    /**
     * Returns whether a message of this name is not answered yet.
     *
     * @param correlation of the message
     */
    boolean isMessage(long correlation);

    /**
     * Returns whether a question of this name is not answered yet.
     *
     * @param correlation of the question
     */
    boolean isPing(long correlation);

    /**
     * A message was answered.
     *
     * @param correlation of the message; one that is not under way breaks the protocol
     * @param reply taken over
     */
    void reply(long correlation, ByteBuf reply);

    /**
     * The stack refuses a message.
     *
     * @param correlation of the message; one that is not under way breaks the protocol
     */
    void refusal(long correlation);

    /**
     * The stack says that it is well.
     *
     * @param correlation of the question; one that is not open breaks the protocol
     */
    void pong(long correlation);

    /** What came is not in the protocol: the link is closed, and the stack counts as {@link StackFailure#PROTOCOL_BROKEN}. */
    void broken();
}
