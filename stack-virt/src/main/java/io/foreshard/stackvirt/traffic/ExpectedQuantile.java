package io.foreshard.stackvirt.traffic;

/**
 * A quantile of what is expected, and how often it held. Of counts, the share that it covers is its level at least: if nine seconds in ten are empty, no count covers less than nine in ten.
 *
 * @param level in (0, 1)
 * @param value what is not exceeded with that probability; NaN if not known
 * @param coverage share of the past cases that were not above the quantile of their time; NaN if there were none
 */
public record ExpectedQuantile(double level, double value, double coverage) {}
