package io.foreshard.stackvirt.spi;

import io.foreshard.coreapi.Reason;

/** Why there are as many stacks of a kind as planned. */
public enum ScalingReason implements Reason {
    /** As many as the specified rule gives. */
    SPECIFIED("None."),
    /** As many as the messages of now and of late need. */
    COVERS_LOAD("None; configure prediction where cold starts hurt."),
    /** Load has risen steeply: none is taken away for a while. */
    PANIC("None, if it is rare; else raise the least number of stacks."),
    /** Messages wait for a stack that is not there. */
    WAITING("None, if it is rare; else look at the cold starts of the kind and at what they were forecast with."),
    /** Ready beforehand, as messages are expected. */
    EXPECTED("None; compare forecast with observed demand if idle memory-time is high."),
    /** Idle, but kept for a time. */
    KEPT("None."),
    /** Idle for long, and nothing is expected. */
    IDLE("None."),
    /** More were needed than there may be. */
    LIMITED("Allow the kind more stacks, or find out who sends so much.");

    private final String operatorAction;

    ScalingReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
