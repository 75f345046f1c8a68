package io.foreshard.tck;

import io.foreshard.flowsharder.scheduling.WeightedRoundRobin;
import io.foreshard.flowsharder.spi.StreamScheduler;

class WeightedRoundRobinTest implements StreamSchedulerContract {

    @Override
    public StreamScheduler scheduler() {
        return new WeightedRoundRobin();
    }
}
