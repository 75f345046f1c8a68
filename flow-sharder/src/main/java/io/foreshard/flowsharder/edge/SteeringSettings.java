package io.foreshard.flowsharder.edge;

import io.foreshard.flowsharder.placement.LoadForecasts;
import io.foreshard.flowsharder.spi.FlowPlanner;
import io.foreshard.flowsharder.spi.PlacementPolicy;
import io.foreshard.flowsharder.spi.RebalancePolicy;
import io.foreshard.flowsharder.spi.ShardMapStore;
import org.jspecify.annotations.Nullable;

/** The decisions of one session's steering. */
record SteeringSettings(
        FlowPlanner planner,
        PlacementPolicy placement,
        RebalancePolicy rebalance,
        ShardMapStore store,
        @Nullable LoadForecasts forecasts) {}
