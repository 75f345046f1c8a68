package io.foreshard.shardcodec;

import org.jspecify.annotations.Nullable;

/** What a message was promised. Messages are never ordered among each other. */
public enum Contract {
    /** Repeated until the receiver has committed it. */
    RELIABLE(0),
    /** Repeated until it is committed or its deadline has passed. */
    DEADLINE(1),
    /** Sent once. */
    BEST_EFFORT(2);

    private static final Contract[] VALUES = values();

    private final int code;

    Contract(int code) {
        this.code = code;
    }

    /** Returns the number on the wire, 4 bits. */
    public int code() {
        return code;
    }

    /**
     * Returns the contract of a number on the wire, or {@code null} when there is none.
     *
     * @param code 4 bits
     */
    public static @Nullable Contract ofCode(int code) {
        return code >= 0 && code < VALUES.length ? VALUES[code] : null;
    }
}
