package io.foreshard.simulator;

import io.foreshard.simulator.link.DropReason;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a datagram in a simulation.
 *
 * @param nanos when, on the virtual clock
 * @param kind what happened
 * @param source where it came from
 * @param destination where it was going
 * @param lengthBytes its payload
 * @param reason why it was dropped; {@code null} when it was not
 */
public record PacketEvent(
        long nanos,
        Kind kind,
        InetSocketAddress source,
        InetSocketAddress destination,
        int lengthBytes,
        @Nullable DropReason reason) {

    /** The stations of a datagram. */
    public enum Kind {
        /** It left the sending node. */
        SENT,
        /** It entered the receiving socket's buffer. */
        DELIVERED,
        /** It is gone. */
        DROPPED
    }
}
