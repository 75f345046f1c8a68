package io.foreshard.examples.addresses;

/**
 * Machines of a subdivision that are created at once, before the replay begins: to learn from.
 *
 * @param atMillis when, since the start of the trace
 * @param subdivision which one, from 0
 * @param count how many
 */
record Burst(long atMillis, int subdivision, int count) {}
