package io.foreshard.stackvirt.spi;

/**
 * What is spoken on the sockets of stacks. An engine is given those that are not the module's own frames, and a {@link StackSpec} names the one of
 * its kind. Immutable: one serves all links.
 */
public interface StackProtocol {

    /** The name of the module's own frames, which every engine knows. */
    String FRAMES = "frames";

    /** Returns its name, unique in an engine, in kebab-case. */
    String name();

    /**
     * Begins a conversation over a new connection.
     *
     * @param wire takes what is to be sent, and is told what has come
     * @param largestMessage bytes of one message or answer: what a stack says beyond it breaks the protocol
     */
    StackCodec open(StackWire wire, int largestMessage);
}
