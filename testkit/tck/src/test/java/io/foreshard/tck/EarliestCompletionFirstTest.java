package io.foreshard.tck;

import io.foreshard.flowsharder.scheduling.EarliestCompletionFirst;
import io.foreshard.flowsharder.spi.StreamScheduler;

class EarliestCompletionFirstTest implements StreamSchedulerContract {

    @Override
    public StreamScheduler scheduler() {
        return new EarliestCompletionFirst();
    }
}
