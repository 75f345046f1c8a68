package io.foreshard.stackvirt.mux;

import io.netty.buffer.ByteBuf;

/** What came of a message. */
public sealed interface MessageResult {

    /**
     * The stack answered.
     *
     * @param message the answer; belongs to the handler, which releases it
     */
    record Reply(ByteBuf message) implements MessageResult {}

    /**
     * The deadline came first.
     *
     * @param sent whether a stack may have seen the message
     */
    record TimedOut(boolean sent) implements MessageResult {}

    /**
     * The message will not be answered.
     *
     * @param reason why
     * @param sent whether a stack may have seen the message
     */
    record Refused(MuxReason reason, boolean sent) implements MessageResult {}
}
