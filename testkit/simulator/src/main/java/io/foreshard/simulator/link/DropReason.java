package io.foreshard.simulator.link;

/** Why a datagram did not arrive. */
public enum DropReason {
    /** Lost by the link's random loss. */
    LOSS,
    /** The link was down. */
    LINK_DOWN,
    /** The queue before the bottleneck had no room: congestion. */
    QUEUE_FULL,
    /** Longer than the path carries. */
    OVERSIZED,
    /** More bytes were under way than the pipe may hold; a guard on memory, not a property of the link. */
    PIPE_FULL,
    /** No link leads to the destination. */
    NO_ROUTE,
    /** Nobody is bound to the destination address. */
    NO_LISTENER,
    /** The receiving socket's buffer was full. */
    RECEIVE_BUFFER_FULL
}
