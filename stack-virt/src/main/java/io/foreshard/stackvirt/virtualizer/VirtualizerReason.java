package io.foreshard.stackvirt.virtualizer;

import io.foreshard.coreapi.Reason;

/** What the loop of observing, planning and acting met with. */
public enum VirtualizerReason implements Reason {
    /** A scaling policy threw: as many stacks stay as the messages of now need, and none goes. */
    POLICY_FAILED("See the log for what it threw; use the default policy meanwhile."),
    /** What a stack uses could not be read: it counts as having all its room. */
    USAGE_UNREADABLE("See what the engine's report says it cannot do, and whether control groups are mounted."),
    /** The limits of a stack that runs could not be changed: it keeps those it has, new ones get the new ones. */
    RESIZE_FAILED("See the log for what the engine said.");

    private final String operatorAction;

    VirtualizerReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
