package io.foreshard.tck;

import io.foreshard.stackvirt.selection.RoundRobinSelector;
import io.foreshard.stackvirt.spi.StackSelector;

class RoundRobinSelectorTest implements StackSelectorContract {

    @Override
    public StackSelector selector() {
        return new RoundRobinSelector();
    }
}
