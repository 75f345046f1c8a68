package io.foreshard.stackvirt.scaling;

import io.foreshard.coreapi.Reason;

/** Why the limits of the stacks of a kind were changed, or were not although they did not suffice. */
public enum ResourceReason implements Reason {
    /** A stack had work but had used up its processor time. */
    CPU_THROTTLED("None."),
    /** For long no stack has used nearly as much processor time as it may. */
    CPU_SPARE("None."),
    /** The limit of processor time was raised and stacks wait for it as before. */
    CPU_RAISE_IN_VAIN("See what else the stack waits for; it is raised again after a pause."),
    /** Stacks of the kind use the machine up: a higher limit would help none of them. */
    MACHINE_FULL("Give the machine more processors, or move stacks elsewhere."),
    /** A stack uses nearly as much memory as it may. */
    MEMORY_NEAR_LIMIT("None."),
    /** A stack was ended for using too much memory. */
    MEMORY_KILLED("None, if it is rare; else raise the least memory of the kind."),
    /** For long no stack has used nearly as much memory as it may. */
    MEMORY_SPARE("None."),
    /** The messages of a stack fill its buffers nearly. */
    BUFFERS_FULL("None."),
    /** For long messages have needed a small part of the buffers. */
    BUFFERS_SPARE("None."),
    /** A stack would need more of something than it may get. */
    AT_MOST("Raise the bound, or let more stacks share the load.");

    private final String operatorAction;

    ResourceReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
