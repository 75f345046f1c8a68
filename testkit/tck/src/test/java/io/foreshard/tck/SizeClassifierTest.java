package io.foreshard.tck;

import io.foreshard.flowsharder.scheduling.SizeClassifier;
import io.foreshard.flowsharder.spi.FlowClassifier;

class SizeClassifierTest implements FlowClassifierContract {

    @Override
    public FlowClassifier classifier() {
        return new SizeClassifier();
    }
}
