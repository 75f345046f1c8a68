package io.foreshard.stackvirt.engine.inprocess;

import io.foreshard.stackvirt.spi.StackSpec;
import io.netty.channel.EventLoop;

/** A protocol stack in this process. All its methods are called on its event loop, which it must not block: others may share it. */
public interface InProcessStack extends AutoCloseable {

    /**
     * Takes a message.
     *
     * @param message to be answered once, now or later; if this throws, it is refused
     * @throws Exception if the message is refused
     */
    void onMessage(InProcessMessage message) throws Exception;

    /** The stack ends. Messages that it has not answered stay so. */
    @Override
    void close();

    /** Makes stacks of one kind. */
    @FunctionalInterface
    interface Factory {

        /**
         * Makes a stack, on its event loop.
         *
         * @param spec what it is
         * @param loop on which it lives
         * @return takes messages from now on
         * @throws Exception if it cannot be made
         */
        InProcessStack create(StackSpec spec, EventLoop loop) throws Exception;
    }
}
