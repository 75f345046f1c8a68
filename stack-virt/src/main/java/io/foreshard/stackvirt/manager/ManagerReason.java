package io.foreshard.stackvirt.manager;

import io.foreshard.coreapi.Reason;

/** Why the manager replaced, removed or refused a stack, besides what an engine says. */
public enum ManagerReason implements Reason {
    /** A stack did not say often enough that it is well. */
    UNHEALTHY("Read the log of the stack; give it more time or processor if it is only slow."),
    /** A stack answered what it was not asked. */
    LIED("Find out what is wrong with the stack, or who else is at its end of the link."),
    /** A stack that should go still had messages when its time was up. */
    DRAIN_TIMED_OUT("Nothing, if those messages may fail; else give drains more time."),
    /** More stacks were asked for than the limit of the manager allows. */
    STACK_LIMIT("Raise the limit, or lower what the policies ask for."),
    /** More memory was asked for than the limit of the manager allows: for one more stack, or for each of a kind. */
    MEMORY_LIMIT("Raise the limit, or lower what the policies ask for."),
    /** No stack was started because the ones before it failed. */
    BACKING_OFF("See why stacks of this kind fail; it is tried again by itself."),
    /** A stack of an earlier manager was taken over. */
    ADOPTED("Nothing."),
    /** A stack of an earlier manager was removed. */
    LEFTOVER_REMOVED("Nothing, after a crash; else two managers have the same name."),
    /** A stack could not be removed yet. */
    REMOVAL_FAILED("See what the engine says; it is tried again by itself.");

    private final String operatorAction;

    ManagerReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
