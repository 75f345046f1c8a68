package io.foreshard.tck;

import io.foreshard.stackvirt.selection.LeastInFlightSelector;
import io.foreshard.stackvirt.spi.StackSelector;

class LeastInFlightSelectorTest implements StackSelectorContract {

    @Override
    public StackSelector selector() {
        return new LeastInFlightSelector();
    }
}
