/**
 * The flow shaper. Writes flow in from the pipelines of channels that lead to bottlenecks; the same writes flow out, later where a
 * bottleneck needs it. {@link io.foreshard.flowshaper.FlowShaper} is the way in.
 *
 * <p>Each event loop owns the packets that wait on it. One control loop looks at telemetry, asks each bottleneck's
 * {@link io.foreshard.flowshaper.spi.DelayCalculator}, and leases the rate to the event loops by what waits on each.
 */
@NullMarked
package io.foreshard.flowshaper;

import org.jspecify.annotations.NullMarked;
