/**
 * The comparison of the forecasters with R's package forecast, with published interval methods and with the clock, and their
 * micro-benchmarks. Contestants are programs of their own: each reads a folder of series and writes rows.
 */
@NullMarked
package io.foreshard.jmh.forecast;

import org.jspecify.annotations.NullMarked;
