/** Queues as fluids: what a control law does to a bottleneck, without packets. Rates flow in, queue delays flow out. */
@NullMarked
package io.foreshard.simulator.fluid;

import org.jspecify.annotations.NullMarked;
