package io.foreshard.forecast.series;

/**
 * A series and what was repaired to get it.
 *
 * @param series the samples on their grid
 * @param report what was repaired
 */
public record GriddedSeries(RegularSeries series, IngestReport report) {}
