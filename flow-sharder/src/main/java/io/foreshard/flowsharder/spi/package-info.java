/**
 * The decisions of the flow sharder that an application may replace: which nodes carry the shards of a flow, how many shards it has, and
 * when they move. Records flow in, records flow out; no input or output, no clock, no randomness but what is handed in.
 */
@NullMarked
package io.foreshard.flowsharder.spi;

import org.jspecify.annotations.NullMarked;
