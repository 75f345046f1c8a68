package io.foreshard.stackvirt.engine.oci;

/** Which side connects to the other when a link is made. */
public enum Dialing {
    /** The stack listens and the engine connects: what is best where both see the same sockets. */
    ENGINE,
    /** The engine listens and the stack connects: for runtimes that let a stack out and nobody in. */
    STACK
}
