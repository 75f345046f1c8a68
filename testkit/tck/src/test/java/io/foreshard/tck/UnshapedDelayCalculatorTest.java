package io.foreshard.tck;

import io.foreshard.flowshaper.control.UnshapedDelayCalculator;
import io.foreshard.flowshaper.spi.DelayCalculator;

class UnshapedDelayCalculatorTest implements DelayCalculatorContract {

    @Override
    public DelayCalculator calculator() {
        return new UnshapedDelayCalculator();
    }
}
