package io.foreshard.flowsharder.relay;

/**
 * Something that a relay was asked for or tries, and whether it works.
 *
 * @param name what was tried
 * @param works whether it is in use
 * @param detail how, or why not
 */
public record RelayCapability(String name, boolean works, String detail) {}
