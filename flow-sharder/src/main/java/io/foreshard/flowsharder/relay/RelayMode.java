package io.foreshard.flowsharder.relay;

/** How a relay passes bytes on. */
public enum RelayMode {
    /** Reads into a buffer and writes from it. Works everywhere. */
    COPY,
    /**
     * Lets the kernel move the bytes through a pipe, without a look at them: {@code splice(2)}, on Linux with epoll loops. Where that does
     * not work the relay copies, and its capabilities say why. Saves time with large reads, costs more with small ones, and each leg needs
     * four more file descriptors.
     */
    SPLICE
}
