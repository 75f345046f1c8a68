package io.foreshard.tck;

import io.foreshard.stackvirt.selection.TwoChoicesSelector;
import io.foreshard.stackvirt.spi.StackSelector;

class TwoChoicesSelectorTest implements StackSelectorContract {

    @Override
    public StackSelector selector() {
        return new TwoChoicesSelector();
    }
}
