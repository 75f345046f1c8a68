package io.foreshard.telemetry;

import io.foreshard.coreapi.Reason;

/**
 * Why a source of telemetry gave less than it was asked for, or was not believed: what becomes of facts, whoever found them out. What
 * becomes of single packets is {@link io.foreshard.telemetry.probe.ProbeReason}.
 */
public enum TelemetryReason implements Reason {
    /** A source that could not be asked or did not answer in time. */
    UNREACHABLE("Check that the source runs and that its address, port and firewall are right."),
    /** An answer that says that it is an error. */
    BAD_STATUS("Open the source's address by hand: the path, the query or the access rights are wrong."),
    /** An answer longer than allowed, which was cut off and left unread. */
    ANSWER_TOO_LARGE("Switch off collectors of the source, or raise maxAnswerBytes."),
    /** Text that is not in the format that was asked for. */
    MALFORMED("Open the source's address by hand: something else answers there, or it is broken."),
    /** An answer without one of the facts that it was asked for. */
    MISSING_FACT("Check the query, the collectors of the source, or set networkCapacityBytesPerSecond."),
    /** A query that gave several values where one was asked for. */
    AMBIGUOUS("Narrow the query to one series, for instance by max(…)."),
    /** A value that cannot be: negative, infinite, or above what there is. */
    IMPLAUSIBLE("Look at the source and the units of the query; when it is the network, at the capacity."),
    /** An observation that was too old when it arrived. */
    STALE("Check what is between the source and here, or choose a longer interval."),
    /** An observation older than the one already held, which was ignored. */
    LATE("A few are normal; when many, two pushers disagree about one destination."),
    /** A clock of the source that jumped, or an observation from the future. */
    CLOCK_JUMP("Check the time synchronisation of the source."),
    /** A counter that went backwards; the step is unknown. */
    COUNTER_RESET("Normal after a restart of the server or a change of its devices."),
    /** A page on which nothing moved since the one before; the step is unknown. */
    FROZEN("Something between the source and here answers from a cache, or the source hangs."),
    /** A poll that was left out because the one before was still running. */
    POLL_SKIPPED("Give the executor more threads or choose a longer interval."),
    /** A source whose call threw; the others were asked. */
    SOURCE_FAILED("Look for the bug in the source."),
    /** A listener that threw; the observation counts all the same. */
    LISTENER_FAILED("Look for the bug in the listener."),
    /** A destination for which there was no room. */
    TABLE_FULL("Raise maxDestinations, or push prefixes instead of addresses."),
    /** An observation that was not recorded, as too many waited, the executor was full or the recorder closed. */
    RECORD_DROPPED("The disk or its executor is too slow: raise maxWaiting, or record less."),
    /** A write to a file of the recorder that failed; what it held is lost, and the next begins a new file. */
    RECORD_FAILED("Look at the disk: space, rights, faults.");

    private final String operatorAction;

    TelemetryReason(String operatorAction) {
        this.operatorAction = operatorAction;
    }

    @Override
    public String operatorAction() {
        return operatorAction;
    }
}
