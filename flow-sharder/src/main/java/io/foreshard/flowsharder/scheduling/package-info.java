/** Schedulers of streams: which leg carries the next piece. */
@NullMarked
package io.foreshard.flowsharder.scheduling;

import org.jspecify.annotations.NullMarked;
