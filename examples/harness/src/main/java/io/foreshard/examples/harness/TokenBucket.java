package io.foreshard.examples.harness;

/**
 * A filter of the kernel that passes packets at a rate, lets some wait, and drops the rest: {@code tc-tbf(8)}.
 *
 * @param bytesPerSecond what passes
 * @param burstBytes what may pass at once
 * @param queueBytes what may wait
 */
public record TokenBucket(long bytesPerSecond, int burstBytes, int queueBytes) {}
