package io.foreshard.tck;

import io.foreshard.flowsharder.scheduling.Redundant;
import io.foreshard.flowsharder.spi.StreamScheduler;

class RedundantTest implements StreamSchedulerContract {

    @Override
    public StreamScheduler scheduler() {
        return new Redundant();
    }
}
