/** The recorded series of the comparisons, on regular grids, and the folders in which contestants get them. */
@NullMarked
package io.foreshard.jmh.series;

import org.jspecify.annotations.NullMarked;
