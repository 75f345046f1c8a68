/**
 * Enqueueing and releasing packets of many flows: ours beside the timers that Java has. All keep a FIFO for each flow, found by its
 * 5-tuple in the same kind of table; they differ in how they know which packet is next. Offers flow in, nanoseconds per packet flow
 * out.
 */
@NullMarked
package io.foreshard.jmh.shaper.scheduling;

import org.jspecify.annotations.NullMarked;
