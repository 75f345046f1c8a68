package io.foreshard.simulator.link;

/** What a link did to a datagram that it delivered. */
public enum LinkEffect {
    /** Delivered twice. */
    DUPLICATED,
    /** One bit was flipped. */
    CORRUPTED,
    /** The end was cut off. */
    TRUNCATED,
    /** Delivered as the front part of the datagram behind it. */
    MERGED,
    /** Delivered late, so that later datagrams may overtake it. */
    REORDERED
}
