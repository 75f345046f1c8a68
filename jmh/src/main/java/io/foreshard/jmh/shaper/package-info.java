/** The comparison of the flow shaper. */
@NullMarked
package io.foreshard.jmh.shaper;

import org.jspecify.annotations.NullMarked;
