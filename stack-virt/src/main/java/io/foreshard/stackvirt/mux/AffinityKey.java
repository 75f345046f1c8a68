package io.foreshard.stackvirt.mux;

import io.netty.buffer.ByteBuf;

/** Says which messages have to go to the same stack, in their order. */
@FunctionalInterface
public interface AffinityKey {

    /** All messages between two networks belong together. */
    AffinityKey NETWORKS = (source, destination, message) -> source * 0x9E3779B97F4A7C15L + destination;

    /**
     * Returns the key of a message.
     *
     * @param source the network that it comes from
     * @param destination the network that it is for
     * @param message not to be kept, changed or released
     */
    long of(long source, long destination, ByteBuf message);
}
