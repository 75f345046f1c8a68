package io.foreshard.tck;

import io.foreshard.flowsharder.scheduling.BlockingEstimation;
import io.foreshard.flowsharder.spi.StreamScheduler;

class BlockingEstimationTest implements StreamSchedulerContract {

    @Override
    public StreamScheduler scheduler() {
        return new BlockingEstimation();
    }
}
