/**
 * The shipped decisions of the flow sharder: where shards go ({@link io.foreshard.flowsharder.placement.RendezvousPlacement},
 * {@link io.foreshard.flowsharder.placement.HotColdPlacement}), how many there are
 * ({@link io.foreshard.flowsharder.placement.QuantileFlowPlanner}), and
 * when they move ({@link io.foreshard.flowsharder.placement.SteadyRebalancePolicy}). Nodes and what is known of them flow in, choices flow out;
 * whoever asks owns both.
 */
@NullMarked
package io.foreshard.flowsharder.placement;

import org.jspecify.annotations.NullMarked;
