/**
 * What an example program shows: a {@link io.foreshard.examples.report.Report} as one self-contained HTML file with
 * {@link io.foreshard.examples.report.Plot}s, a {@link io.foreshard.examples.report.Table} on the page or as text on the
 * console, and a {@link io.foreshard.examples.report.ProgressBar} meanwhile.
 *
 * <p>Names, numbers and series flow in; HTML or text flows out. Reports, plots and tables are immutable and copy their arrays;
 * each method that adds something returns a new object. All text is escaped. Files refer to nothing outside themselves and run
 * no script. Numbers that are NaN or infinite are gaps.
 */
@NullMarked
package io.foreshard.examples.report;

import org.jspecify.annotations.NullMarked;
