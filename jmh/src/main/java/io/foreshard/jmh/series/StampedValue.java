package io.foreshard.jmh.series;

/**
 * A sample as recorded.
 *
 * @param seconds since any fixed moment
 * @param value as recorded
 */
record StampedValue(long seconds, double value) {}
