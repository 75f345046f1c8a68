package io.foreshard.stackvirt.worker;

import java.nio.ByteBuffer;

/** What a stack does with a message. */
@FunctionalInterface
public interface StackHandler {

    /**
     * Answers a message.
     *
     * @param message from position to limit; only valid during the call, but may be returned
     * @return the answer, from position to limit; copied or sent before the handler is called again
     * @throws Exception if the stack refuses the message; the sender is told so, but not why
     */
    ByteBuffer answer(ByteBuffer message) throws Exception;
}
