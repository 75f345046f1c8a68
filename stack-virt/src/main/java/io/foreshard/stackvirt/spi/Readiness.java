package io.foreshard.stackvirt.spi;

/** How soon a stack could answer, in rising order of how soon and of what it costs to keep. */
public enum Readiness {
    /** There is nothing. */
    ABSENT,
    /** Everything is set up but no process runs. */
    CREATED,
    /** Its processes are there, with all their memory, but get no processor time. */
    FROZEN,
    /** It takes messages. */
    RUNNING
}
