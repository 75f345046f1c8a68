package io.foreshard.jmh.lossy;

import java.net.InetSocketAddress;

/** A transport with its receiver already listening, and what opens ways to it. */
interface Carrier extends AutoCloseable {

    /**
     * Opens a way to the receiver. Blocks until messages can be sent.
     *
     * @param relay stands before the receiver
     */
    Lane open(InetSocketAddress relay) throws Exception;

    @Override
    void close();

    /** One connection, session or publication. */
    interface Lane {

        /**
         * Sends, or queues for sending, without blocking.
         *
         * @param message 64 KiB, not changed any more
         * @return whether it was taken; if not, it is offered again soon
         */
        boolean offer(byte[] message);
    }
}
