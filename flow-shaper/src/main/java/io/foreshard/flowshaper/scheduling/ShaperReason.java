package io.foreshard.flowshaper.scheduling;

import io.foreshard.coreapi.Reason;

/** Why the shaper dropped, marked, paused, passed without shaping, or did not follow a decision. */
public enum ShaperReason implements Reason {
    /** A packet waited longer than its class allows, again and again: the head of its flow was dropped. */
    DELAY_BUDGET("Raise the class's delay budget or the bottleneck's capacity, or let fewer senders in."),
    /** As {@link #DELAY_BUDGET}, but the packet could be marked. */
    ECN_MARKED("None if senders react; otherwise see DELAY_BUDGET."),
    /** A flow had more queued than it may: its oldest packet was dropped. */
    FLOW_QUEUE_FULL("Raise flowQueueBytes, or find out why this sender does not slow down."),
    /** The loop had more queued than it may: the packet that came was refused. */
    QUEUE_FULL("Raise queueBytes, or let fewer senders in."),
    /** A sender was asked to pause. */
    BACK_PRESSURE("None: the sender is asked to wait instead of being dropped. If it lasts, add capacity."),
    /** All places for flows were taken by flows with packets queued: the packet shared the common flow of its lane. */
    FLOW_TABLE_FULL("Raise maxFlows if the flows are honest; look for a flood if they are not."),
    /** An idle flow lost its place, and its history, to a new one before its time. */
    FLOW_EVICTED("Raise maxFlows if the history matters."),
    /** A delay calculator threw, or answered NaN; the packet or step went on without it. */
    CALCULATOR_FAILED("Read the log at debug level for the exception, and mend the calculator."),
    /** A delay calculator took too long; after some times it is left out. */
    CALCULATOR_SLOW(
            "Make the calculator quick: rateBytesPerSecond has half a control step, delayNanos is called for single packets."),
    /** The telemetry source threw; the step went on without it. */
    TELEMETRY_FAILED("Read the log at debug level for the exception, and mend the source."),
    /** A route threw, or named a bottleneck that is none of this shaper's: the packet passed. */
    ROUTE_FAILED("Read the log at debug level for the exception, and mend the route."),
    /** An outlet threw when it was given a packet. */
    OUTLET_FAILED("Read the log at debug level for the exception: a handler behind the shaper throws."),
    /** Packets were queued when their lane was closed. */
    CLOSED("None: the channel was closed by one of its ends."),
    /** The shaper failed on an event loop, or a bottleneck's control step did: what it had queued was let through. */
    FAILED_OPEN("Read the log for the exception and report it: packets went on unshaped.");

    private final String operatorAction;

    ShaperReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
