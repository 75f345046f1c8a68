package io.foreshard.telemetry.probe;

import io.foreshard.coreapi.Reason;

/**
 * Why a probe or a reflector dropped a packet, lost a probe or did without an answer: what becomes of packets on a path. What becomes of
 * facts that others find out is {@link io.foreshard.telemetry.TelemetryReason}.
 */
public enum ProbeReason implements Reason {
    /** A reflector got fewer bytes than it would have to answer with. */
    SHORT_PROBE("Let the sender pad its probes to 44 bytes; otherwise someone tries to amplify."),
    /** A reflector got a packet with an impossible error estimate or source port. */
    MALFORMED_PROBE("The sender is faulty or hostile; update or block it."),
    /** A reflector got another reflector's answer, which it must not answer. */
    REFLECTED_PROBE("Someone forges probes to set reflectors on each other; find out who."),
    /** A reflector got more probes from one source than it answers. */
    PROBE_RATE_LIMITED("Raise probesPerSecond, or let the sender probe less often."),
    /** A reflector could not send an answer, as its socket was full or refused. */
    ANSWER_NOT_SENT("Look at the reflector's socket and network interface."),
    /** An answer shorter than a STAMP packet, or with impossible values. */
    MALFORMED_ANSWER("The reflector is faulty or hostile; update or block it."),
    /** An answer to no probe of ours: from a stranger, or with a sequence number or time that we did not send. */
    UNASKED_ANSWER("A few are stray packets; many mean that someone forges answers."),
    /** A second answer to one probe. */
    REPEATED_ANSWER("A few are duplicates of the network; many are a replay attack."),
    /** An answer that came after the probe had been counted as lost. */
    LATE_ANSWER("Raise the timeout if the path is that slow."),
    /** A reflector claims to have held a probe for less than nothing or longer than the round trip; the answer is not used. */
    IMPLAUSIBLE_TIMES("The reflector's clock was set, or it lies; look at it if this goes on."),
    /** The reflector's clock moved against ours; the one-way times of this answer are not used. */
    CLOCK_JUMP("The reflector's clock was set; keep it in step by slewing."),
    /** No answer in time. */
    PROBE_LOST("Look at the path and at the server or reflector at its end."),
    /** A probe could not be sent, as our socket was full or refused, or nothing can be opened. */
    PROBE_NOT_SENT("Look at this machine's network interface, routes and limits."),
    /** A server refused a connection; what that took is not used. */
    CONNECT_REFUSED("Start the server, or correct the destination."),
    /** The kernel would not tell how a TCP connection does. */
    TCP_INFO_FAILED("A few are connections that were just closed."),
    /** The executor of the echo probe did not take a probe, or the one before is still running. */
    ECHO_NOT_RUN("Give the executor more threads, or probe less often."),
    /** A kind of probe cannot run here; the agent says why. */
    PROBE_UNAVAILABLE("Read the reason that the agent gives, or leave this probe out.");

    private final String operatorAction;

    ProbeReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
