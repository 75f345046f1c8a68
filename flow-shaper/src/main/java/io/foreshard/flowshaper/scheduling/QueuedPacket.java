package io.foreshard.flowshaper.scheduling;

import org.jspecify.annotations.Nullable;

/** A packet that waits, linked into the FIFO of its flow; taken from a {@link PacketPool} and given back to it. */
final class QueuedPacket {

    @Nullable
    QueuedPacket next;

    @Nullable
    Object message;

    @Nullable
    Object attachment;

    int bytes;
    int chargedBytes;
    long arrivedNanos;
}
