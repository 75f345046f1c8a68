package io.foreshard.shardcodec;

import org.jspecify.annotations.Nullable;

/** Why a session ended, as told to the other side. */
public enum CloseReason {
    /** The application closed the endpoint or the session. */
    NORMAL(1),
    /** Nothing valid arrived for longer than the side that speaks waits. */
    IDLE(2),
    /** None of the versions offered in the HELLO is spoken. */
    VERSION(3),
    /** The side that speaks has no room for another session. */
    OVERLOADED(4),
    /** The destination named in the HELLO is not served. */
    DESTINATION(5),
    /** The peer broke the protocol. */
    PROTOCOL(6);

    private static final CloseReason[] VALUES = values();

    private final int code;

    CloseReason(int code) {
        this.code = code;
    }

    /** Returns the number on the wire. */
    public int code() {
        return code;
    }

    /**
     * Returns the reason of a number on the wire, or {@code null} when there is none.
     *
     * @param code unsigned byte
     */
    public static @Nullable CloseReason ofCode(int code) {
        return code >= 1 && code <= VALUES.length ? VALUES[code - 1] : null;
    }
}
