/**
 * Side-by-side runs against peers. An engine's name flows in, lines of figures flow out; {@link io.foreshard.jmh.Compare} is the
 * entrance, the micro-benchmarks are run by JMH's own.
 */
@NullMarked
package io.foreshard.jmh;

import org.jspecify.annotations.NullMarked;
