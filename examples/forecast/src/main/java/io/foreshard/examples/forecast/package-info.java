/**
 * One program with two commands: {@code forecast} reads a series from a CSV file and forecasts it, {@code backtest} says how well
 * that would have worked on all files of a folder.
 *
 * <p>A file flows in; a table, a page and JSON flow out, all three made of the same result. {@code README.md} of this module
 * documents the JSON.
 */
@NullMarked
package io.foreshard.examples.forecast;

import org.jspecify.annotations.NullMarked;
