/**
 * Series on a fixed step, and how samples of the real world get there.
 *
 * <p>Stamped samples flow in: whole files through {@link io.foreshard.forecast.series.CsvSeries}, lists through
 * {@link io.foreshard.forecast.series.SeriesGrid}, live ones through {@link io.foreshard.forecast.series.StreamIngest}. A
 * {@link io.foreshard.forecast.series.RegularSeries} flows out, or one sample per step to a forecaster; a step without a sample is
 * {@link Double#NaN}. Whatever was repaired is counted. Times are nanoseconds since the Unix epoch and are always handed in.
 */
@NullMarked
package io.foreshard.forecast.series;

import org.jspecify.annotations.NullMarked;
