/**
 * The decisions of the flow shaper that an application may replace: read-only views flow in, primitives flow out.
 */
@NullMarked
package io.foreshard.flowshaper.spi;

import org.jspecify.annotations.NullMarked;
