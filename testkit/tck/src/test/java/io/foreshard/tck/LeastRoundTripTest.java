package io.foreshard.tck;

import io.foreshard.flowsharder.scheduling.LeastRoundTrip;
import io.foreshard.flowsharder.spi.StreamScheduler;

class LeastRoundTripTest implements StreamSchedulerContract {

    @Override
    public StreamScheduler scheduler() {
        return new LeastRoundTrip();
    }
}
