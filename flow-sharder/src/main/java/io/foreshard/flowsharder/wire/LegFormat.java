package io.foreshard.flowsharder.wire;

/** The measures of what goes over a leg. Numbers are big-endian; {@code docs/flow-sharder.md} shows it byte by byte. */
public final class LegFormat {

    /** Version of the protocol, in each token. */
    public static final int VERSION = 1;

    /** Type, flags, length, flow and checksum. */
    public static final int HEADER_BYTES = 12;

    /** The most that one frame carries of a stream. */
    public static final int MAX_DATA_BYTES = 32 * 1024;

    /** The longest name of a target, as UTF-8. */
    public static final int MAX_TARGET_BYTES = 512;

    /** What a frame with a piece of a stream has before it. */
    public static final int DATA_OVERHEAD_BYTES = HEADER_BYTES + Long.BYTES;

    /** The frame is the last of its stream. */
    static final int FLAG_FIN = 1;

    /** The flow's target is connected. */
    static final int FLAG_CONNECTED = 2;

    /** The flow's source has more than the legs take, and waits. */
    static final int FLAG_SOURCE_WAITS = 4;

    static final int LENGTH_INDEX = 2;
    static final int FLOW_INDEX = 4;
    static final int CHECK_INDEX = 8;

    private LegFormat() {}
}
