package io.foreshard.stackvirt.worker;

import java.nio.ByteBuffer;

/** Answers each message by itself: the smallest stack there is, to try an engine with. */
public final class EchoHandler implements StackHandler {

    /** Made by {@link WorkerMain}. */
    public EchoHandler() {}

    @Override
    public ByteBuffer answer(ByteBuffer message) {
        return message;
    }
}
