package io.foreshard.tck;

import io.foreshard.flowshaper.control.WeightedSumDelayCalculator;
import io.foreshard.flowshaper.spi.DelayCalculator;

class WeightedSumDelayCalculatorTest implements DelayCalculatorContract {

    @Override
    public DelayCalculator calculator() {
        return WeightedSumDelayCalculator.builder().build();
    }
}
