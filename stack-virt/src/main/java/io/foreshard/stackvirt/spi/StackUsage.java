package io.foreshard.stackvirt.spi;

/**
 * What a stack has used, as of one reading; {@link Double#NaN} or -1 where the engine does not know.
 *
 * @param cpuNanos processor time since it was created
 * @param throttledNanos time for which it had work but had used up its processor time
 * @param memoryBytes resident memory with all that is charged to it
 * @param processes how many processes and threads
 * @param memoryKills how often something in it was ended for using too much memory
 */
public record StackUsage(long cpuNanos, long throttledNanos, long memoryBytes, long processes, long memoryKills) {

    /** Nothing is known. */
    public static final StackUsage UNKNOWN = new StackUsage(-1, -1, -1, -1, -1);
}
