package io.foreshard.stackvirt.buffer;

/**
 * What an account has.
 *
 * @param account its name
 * @param credits how many buffers it may have
 * @param buffers how many it has
 * @param oldestNanos how long it has had the oldest; 0 if it has none
 * @param closed whether the account was closed: what it has was forgotten by somebody, or is still on its way
 */
public record Holding(String account, int credits, int buffers, long oldestNanos, boolean closed) {}
