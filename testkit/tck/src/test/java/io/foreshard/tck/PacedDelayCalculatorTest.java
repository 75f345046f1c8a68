package io.foreshard.tck;

import io.foreshard.flowshaper.control.PacedDelayCalculator;
import io.foreshard.flowshaper.spi.DelayCalculator;

class PacedDelayCalculatorTest implements DelayCalculatorContract {

    @Override
    public DelayCalculator calculator() {
        return PacedDelayCalculator.builder().build();
    }
}
