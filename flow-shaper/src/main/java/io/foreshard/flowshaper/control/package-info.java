/**
 * What turns facts about a bottleneck into the rate at which it is filled. Byte counts and telemetry flow in, once per control step,
 * through {@link BottleneckWatch}; its view goes to a calculator, and a rate flows out. Nothing here
 * knows of sockets, packets or clocks. The thread that runs a bottleneck's control step owns all of its state.
 */
@NullMarked
package io.foreshard.flowshaper.control;

import org.jspecify.annotations.NullMarked;
