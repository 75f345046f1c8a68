package io.foreshard.flowsharder.relay;

/** How a relay passes bytes on. */
public enum RelayMode {
    /** Reads into a buffer and writes from it. Works everywhere. */
    COPY,
    /**
     * Lets the kernel move the bytes through a pipe, without a look at them: {@code splice(2)}, on Linux with epoll loops. Where that does
     * not work the relay copies, and its capabilities say why. A direction needs two more file descriptors
     * while its bytes wait. A pipe passes 64 KiB at once, so that where waking others is what costs most, copying is as good.
     */
    SPLICE
}
