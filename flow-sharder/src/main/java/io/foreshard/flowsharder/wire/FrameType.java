package io.foreshard.flowsharder.wire;

import org.jspecify.annotations.Nullable;

/** The frames of a leg. Those without a flow carry flow 0. */
enum FrameType {
    /** First frame of the side that opened the leg. */
    JOIN(1, JoinToken.BYTES, JoinToken.BYTES, false),
    /** Answer to it, and first frame of the other side. */
    JOINED(2, JoinProof.BYTES, JoinProof.BYTES, false),
    /** Asks for a {@link #LEG_ACK}, to learn whether the leg is alive. */
    PING(3, 0, 0, false),
    /** How many bytes came over this leg. */
    LEG_ACK(5, Long.BYTES, Long.BYTES, false),
    /** Nothing more comes over this leg. */
    LEAVE(6, 0, 0, false),
    /** Begins a flow: first credit, then the target's name. */
    OPEN(7, Long.BYTES + 1, Long.BYTES + LegFormat.MAX_TARGET_BYTES, true),
    /** A piece of a stream, by its offset. */
    DATA(8, Long.BYTES, Long.BYTES + LegFormat.MAX_DATA_BYTES, true),
    /** What was delivered, up to where more may come, and what came out of order. */
    ACK(9, 2 * Long.BYTES, 2 * Long.BYTES + AckRanges.MOST * AckRanges.BYTES, true),
    /** Ends a flow at once. */
    RESET(10, Short.BYTES, Short.BYTES, true);

    private static final FrameType[] BY_CODE = byCode();

    final int code;
    final int leastBytes;
    final int mostBytes;
    final boolean ofFlow;

    FrameType(int code, int leastBytes, int mostBytes, boolean ofFlow) {
        this.code = code;
        this.leastBytes = leastBytes;
        this.mostBytes = mostBytes;
        this.ofFlow = ofFlow;
    }

    static @Nullable FrameType of(int code) {
        return code < BY_CODE.length ? BY_CODE[code] : null;
    }

    private static FrameType[] byCode() {
        FrameType[] types = new FrameType[RESET.code + 1];
        for (FrameType type : values()) {
            types[type.code] = type;
        }
        return types;
    }
}
