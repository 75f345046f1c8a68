package io.foreshard.shardcodec;

import org.jspecify.annotations.Nullable;

/** What a packet carries. */
public enum PacketKind {
    /** Asks for a session; padded to {@link WireFormat#DEFAULT_PATH_MTU_BYTES}. */
    HELLO(1, false),
    /** Answers a HELLO: a retry with a cookie, or a session. */
    ACCEPT(2, false),
    /** Carries one shard of a message. */
    SHARD(3, true),
    /** Acknowledges packets of the same path and shows which shards of a block are there. */
    ACK(4, false),
    /** Commits messages: they were delivered whole. */
    DONE(5, false),
    /** Gives messages up, by the receiver or by the sender. */
    REJECT(6, false),
    /** Asks whether the peer is reachable at an address. */
    PATH_CHALLENGE(7, true),
    /** Repeats the token of a challenge. */
    PATH_RESPONSE(8, false),
    /** Asks for an acknowledgement and carries nothing else. */
    PROBE(9, true),
    /** Ends the session. */
    CLOSE(10, false),
    /** Reserved: repair symbols. Not valid in version 1. */
    REPAIR(11, true),
    /** Reserved: encrypted body with the header as associated data. Not valid in version 1. */
    PROTECTED(12, true);

    private static final PacketKind[] BY_CODE = new PacketKind[PROTECTED.code + 1];

    static {
        for (PacketKind kind : values()) {
            BY_CODE[kind.code] = kind;
        }
    }

    private final int code;
    private final boolean ackEliciting;

    PacketKind(int code, boolean ackEliciting) {
        this.code = code;
        this.ackEliciting = ackEliciting;
    }

    /** Returns the number on the wire. */
    public int code() {
        return code;
    }

    /** Returns whether the receiver acknowledges packets of this kind. */
    public boolean isAckEliciting() {
        return ackEliciting;
    }

    /** Returns whether version 1 only reserves the number. */
    public boolean isReserved() {
        return this == REPAIR || this == PROTECTED;
    }

    /**
     * Returns the kind of a number on the wire, or {@code null} when there is none.
     *
     * @param code unsigned byte
     */
    public static @Nullable PacketKind ofCode(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
