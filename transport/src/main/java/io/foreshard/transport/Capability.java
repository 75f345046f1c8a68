package io.foreshard.transport;

/**
 * Something that a channel was asked for when it was bound, and whether it works.
 *
 * @param name what was tried
 * @param works whether it is in use
 * @param detail how, or why not
 */
public record Capability(String name, boolean works, String detail) {}
