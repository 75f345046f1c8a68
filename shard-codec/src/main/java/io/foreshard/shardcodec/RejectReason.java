package io.foreshard.shardcodec;

import org.jspecify.annotations.Nullable;

/** Why a message was given up, as told to the other side. */
public enum RejectReason {
    /** The receiver's memory was needed for messages more likely to finish. */
    EVICTED(1),
    /** The deadline passed before the message was whole. */
    DEADLINE(2),
    /** Nothing new arrived for longer than the receiver waits. */
    STALLED(3),
    /** Larger than the receiver accepts. */
    TOO_LARGE(4),
    /** More unfinished messages than the receiver granted. */
    OVER_CREDIT(5),
    /** The message checksum failed twice. */
    CHECKSUM(6),
    /** The sender gave the message up. */
    ABANDONED(7),
    /** The side that speaks is shutting down. */
    SHUTDOWN(8);

    private static final RejectReason[] VALUES = values();

    private final int code;

    RejectReason(int code) {
        this.code = code;
    }

    /** Returns the number on the wire. */
    public int code() {
        return code;
    }

    /** Returns the reason of a number on the wire, or {@code null} when there is none. */
    public static @Nullable RejectReason ofCode(int code) {
        return code >= 1 && code <= VALUES.length ? VALUES[code - 1] : null;
    }
}
