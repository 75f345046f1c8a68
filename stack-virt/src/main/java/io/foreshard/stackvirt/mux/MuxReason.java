package io.foreshard.stackvirt.mux;

import io.foreshard.coreapi.Reason;

/** Why a message was not answered, and what else a multiplexer counts. */
public enum MuxReason implements Reason {
    /** No kind of stack speaks the protocol. */
    UNKNOWN_PROTOCOL("Name the protocol in the settings of a kind, or see who sends it."),
    /** The message is longer than its kind takes. */
    OVERSIZE("Send shorter messages, or raise maxMessageBytes of the kind."),
    /** The port has as many messages without a result as it may. */
    PORT_FULL("Send slower, or raise maxOutstanding of the port."),
    /** The multiplexer is behind with what ports of other threads hand over. */
    HANDOVER_FULL("Spread the ports over several multiplexers; their event loop is too busy."),
    /** The multiplexer has as many messages without a result as it may. */
    TOO_MANY_MESSAGES("Send slower, or raise maxMessages of the multiplexer."),
    /** As many messages wait for a stack of the kind as may. */
    LINE_FULL("Give the kind more stacks, or raise maxWaitingMessages or maxWaitingBytes of the kind."),
    /** More keys have messages under way than are remembered. */
    KEYS_FULL("Raise affinityKeys of the kind."),
    /** The application's function for keys threw. */
    NO_KEY("Mend the affinity function of the kind."),
    /** The deadline came while the message waited; no stack has seen it. */
    EXPIRED_WAITING("Give the kind more stacks, or warm them sooner."),
    /** The message was given up while it waited, as no stack would have answered in the time left. */
    SHED("Give the kind more stacks, or warm them sooner."),
    /** The deadline came before the stack answered. */
    EXPIRED_SENT("See what the stack does: it hangs, or it is slower than senders can wait."),
    /** The stack refused the message, or its protocol cannot say it. */
    STACK_REFUSED("Read the log of the stack; if it speaks a protocol of its own, see what that can say."),
    /** The stack ended or its link broke before it answered. */
    STACK_GONE("Read the log of the stack. A kind whose protocol is idempotent can have its messages sent again."),
    /** The stack answered a message that it was never given, or answered twice. It gets no more messages. */
    STACK_LIES("Mend the stack: its answers may have been for other messages."),
    /** The multiplexer or the port was closed. */
    CLOSED("Nothing, if it was meant to be closed."),
    /** A stack answered a message whose sender had given up. */
    LATE_REPLY("Give messages longer deadlines, or stacks less to do at a time."),
    /** A stack has not answered a message long after its deadline; the place that it took is free again. */
    ABANDONED("See what the stack does: it hangs, or it drops messages."),
    /** A message was sent to a second stack. */
    RETRIED("Read why at STACK_GONE and STACK_REFUSED of the stacks' logs."),
    /** A message came while no stack of its kind was running. */
    COLD_START("Warm stacks of this kind sooner, or keep one."),
    /** A stack that went away gave its keys back, or a key was forgotten for another. */
    KEY_MOVED("Nothing; if it grows fast, keep stacks longer or raise affinityKeys of the kind."),
    /** A handler or listener of the application threw. */
    LISTENER_FAILED("Mend the handler: it must not throw.");

    private final String operatorAction;

    MuxReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
