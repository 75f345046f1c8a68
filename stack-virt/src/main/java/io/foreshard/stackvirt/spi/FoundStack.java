package io.foreshard.stackvirt.spi;

/**
 * A stack that an earlier process has left.
 *
 * @param id which one
 * @param readiness how far it is; {@link Readiness#ABSENT} if only rests of it are there
 * @param fingerprint {@link StackSpec#fingerprint()} of what it was created as; empty if that is not known
 * @param memoryBytes how much memory it may use; -1 if that is not known
 */
public record FoundStack(StackId id, Readiness readiness, String fingerprint, long memoryBytes) {}
