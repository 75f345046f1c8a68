package io.foreshard.stackvirt.spi;

import io.foreshard.runtime.Checks;

/**
 * What one stack may use.
 *
 * @param cpus how many processors' time, such as 0.25; at least 0.01
 * @param memoryBytes resident memory, with all that the kernel charges to it; at least 4 MiB
 * @param processes how many processes and threads; at least 1
 * @param bufferBytes of messages that are on their way to it or wait for it; at least 4 KiB
 */
public record StackResources(double cpus, long memoryBytes, int processes, long bufferBytes) {

    private static final long LEAST_MEMORY = 4L << 20;
    private static final long LEAST_BUFFER = 4L << 10;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public StackResources {
        Checks.inRange("cpus", cpus, 0.01, 4096);
        Checks.inRange("memoryBytes", memoryBytes, LEAST_MEMORY, Long.MAX_VALUE);
        Checks.inRange("processes", processes, 1, 1 << 22);
        Checks.inRange("bufferBytes", bufferBytes, LEAST_BUFFER, Long.MAX_VALUE);
    }

    /**
     * Returns the same with another limit of memory.
     *
     * @param bytes as above
     */
    public StackResources withMemory(long bytes) {
        return new StackResources(cpus, bytes, processes, bufferBytes);
    }
}
