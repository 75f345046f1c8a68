package io.foreshard.stackvirt.buffer;

import io.foreshard.coreapi.Reason;

/** Why there was no buffer, and what else a pool counts. */
public enum BufferReason implements Reason {
    /** The account has as many buffers as its credits. */
    CREDITS_SPENT("Give the stack more credits, or see why it keeps its buffers: the audit says since when."),
    /** All buffers of the pool are taken; accounts have more than their credits, which were lowered. */
    POOL_EMPTY("Make the pool larger, or wait: what is released goes to those who have credits."),
    /** An account was closed while it had buffers. */
    CLOSED_WITH_BUFFERS("See who keeps buffers of a stack that is gone: they leak unless they come back.");

    private final String operatorAction;

    BufferReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
