package io.foreshard.stackvirt.spi;

/** What a {@link StackEngine} may be able to do beyond creating, starting and destroying stacks. */
public enum EngineFeature {
    /** Bounds the processor time of a stack. */
    CPU_LIMIT,
    /** Bounds the memory of a stack and ends one that exceeds it. */
    MEMORY_LIMIT,
    /** Bounds how many processes a stack has. */
    PROCESS_LIMIT,
    /** Stops a stack where it stands and lets it go on. */
    FREEZE,
    /** Changes the limits of a stack that runs. */
    UPDATE,
    /** Says what a stack uses. */
    USAGE,
    /** Finds the stacks that an earlier process has left. */
    ADOPT,
    /** Keeps the files of a stack from those of others. */
    FILE_ISOLATION,
    /** Keeps a stack from the network of this machine. */
    NETWORK_ISOLATION
}
