package io.foreshard.flowsharder.session;

import io.netty.buffer.ByteBuf;

/** Where a leg's frames go. Called on the session's event loop. */
public interface LegPort {

    /**
     * Writes without flushing.
     *
     * @param frame released by the port
     */
    void write(ByteBuf frame);

    /** Sends what was written. */
    void flush();

    /** Returns whether the socket takes more without having it wait in this process. */
    boolean isWritable();

    /** Returns how much waits in this process beyond what makes the port writable, 0 while it is. */
    long waitingBytes();

    /** Closes the leg; what was written may be lost. */
    void close();

    /** Closes the leg behind what was written. */
    void finish();
}
