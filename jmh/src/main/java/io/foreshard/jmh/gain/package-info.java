/** What forecasts are worth to the packet path: the same build with its gate free and held shut, on the same traces and seeds. */
@NullMarked
package io.foreshard.jmh.gain;

import org.jspecify.annotations.NullMarked;
