package io.foreshard.flowsharder.wire;

import org.jspecify.annotations.Nullable;

/** The frames of a leg. Those without a flow carry flow 0. */
enum FrameType {
    /** First frame of the side that opened the leg. */
    JOIN(1, JoinToken.BYTES, JoinToken.BYTES, false, 0),
    /** Answer to it, and first frame of the other side. */
    JOINED(2, JoinProof.BYTES, JoinProof.BYTES, false, 0),
    /** Asks for a {@link #LEG_ACK}, to learn whether the leg is alive. */
    PING(3, 0, 0, false, 0),
    /** How many bytes came over this leg. */
    LEG_ACK(5, Long.BYTES, Long.BYTES, false, 0),
    /** Nothing more comes over this leg. */
    LEAVE(6, 0, 0, false, 0),
    /** Begins a flow: first credit, then the target's name. */
    OPEN(7, Long.BYTES + 1, Long.BYTES + LegFormat.MAX_TARGET_BYTES, true, 0),
    /** A piece of a stream, by its offset. */
    DATA(8, Long.BYTES, Long.BYTES + LegFormat.MAX_DATA_BYTES, true, LegFormat.FLAG_FIN | LegFormat.FLAG_SOURCE_WAITS),
    /** What was delivered, up to where more may come, and what came out of order. */
    ACK(9, 2 * Long.BYTES, 2 * Long.BYTES + AckRanges.MOST * AckRanges.BYTES, true, LegFormat.FLAG_CONNECTED),
    /** Ends a flow at once. */
    RESET(10, Short.BYTES, Short.BYTES, true, 0);

    private static final FrameType[] BY_CODE = byCode();

    final int code;
    final int leastBytes;
    final int mostBytes;
    final boolean ofFlow;

    /** Those that it may have. */
    final int flags;

    FrameType(int code, int leastBytes, int mostBytes, boolean ofFlow, int flags) {
        this.code = code;
        this.leastBytes = leastBytes;
        this.mostBytes = mostBytes;
        this.ofFlow = ofFlow;
        this.flags = flags;
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
