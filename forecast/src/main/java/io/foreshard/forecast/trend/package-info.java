/** The recursion of the damped trend and the growth of its error. Not exported: what several forecasters of this module stand on. */
@NullMarked
package io.foreshard.forecast.trend;

import org.jspecify.annotations.NullMarked;
