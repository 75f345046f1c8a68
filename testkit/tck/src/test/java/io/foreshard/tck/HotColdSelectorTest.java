package io.foreshard.tck;

import io.foreshard.stackvirt.selection.HotColdSelector;
import io.foreshard.stackvirt.spi.StackSelector;

class HotColdSelectorTest implements StackSelectorContract {

    @Override
    public StackSelector selector() {
        return HotColdSelector.builder().build();
    }
}
