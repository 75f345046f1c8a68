package io.foreshard.transport;

/** Why a message was not committed. Carries no stack trace, as it is no fault of the code that sent it. */
public final class MessageFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** The ways in which a message fails. */
    public enum Cause {
        /** Its deadline passed first. */
        DEADLINE,
        /** It was sent once and nobody confirmed it. */
        UNCONFIRMED,
        /** It is larger than the receiver accepts. */
        TOO_LARGE,
        /** As many bytes are waiting as the configuration allows. */
        QUEUE_FULL,
        /** The receiver gave it up; the text says why. */
        REJECTED,
        /** The session was closed or the peer was not there. */
        SESSION_CLOSED
    }

    /** The way in which the message failed. */
    private final Cause reason;

    MessageFailedException(Cause reason, String text) {
        super(text, null, false, false);
        this.reason = reason;
    }

    /** Returns the way in which the message failed. */
    public Cause reason() {
        return reason;
    }
}
