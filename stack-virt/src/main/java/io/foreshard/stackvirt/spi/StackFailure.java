package io.foreshard.stackvirt.spi;

import io.foreshard.coreapi.Reason;

/** Why an engine could not do what it was asked to. */
public enum StackFailure implements Reason {
    /** The program or service of the engine is not there. */
    ENGINE_MISSING("Install the engine, or name where it is."),
    /** The engine answered with an error that is none of the others. */
    ENGINE_FAILED("Read what the engine said; the message has it."),
    /** The engine did not answer in time. */
    ENGINE_SILENT("See what the engine waits for: disk, memory, another of its commands."),
    /** The engine cannot do this at all, see {@link EngineReport}. */
    UNSUPPORTED("Use an engine that can, or do without; the engine's report says why it cannot."),
    /** The kernel refused a limit. */
    LIMIT_REFUSED("Lower the limit, or give this process the right to set it."),
    /** No process could be started. */
    FORK_FAILED("Give this machine more processes or memory, or keep fewer stacks."),
    /** There is no stack with this id. */
    UNKNOWN_STACK("Nothing, if it was destroyed just now; else see who else removes stacks."),
    /** The stack ended. */
    EXITED("Read the log of the stack."),
    /** The stack used more memory than it may and was ended. */
    OUT_OF_MEMORY("Give stacks of this kind more memory, or fewer messages at a time."),
    /** The stack sent what it was not asked for, or what is not in its protocol. */
    PROTOCOL_BROKEN("Mend the stack: it answers each message once, in the protocol that its spec names."),
    /** The stack does not take connections. */
    UNREACHABLE("See whether the stack listens at its endpoint, and how long it takes to start.");

    private final String operatorAction;

    StackFailure(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
