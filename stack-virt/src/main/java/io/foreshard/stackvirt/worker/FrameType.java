package io.foreshard.stackvirt.worker;

/** What a frame between an engine and a stack is. */
public enum FrameType {
    /** To the stack: a message to be answered. */
    MESSAGE(1),
    /** From the stack: the answer to a message. */
    REPLY(2),
    /** From the stack: it refuses the message. Has no content. */
    ERROR(3),
    /** To the stack: is it well? Has no content. */
    PING(4),
    /** From the stack: it is well. Has no content. */
    PONG(5);

    /** Bytes in front of the content: length, type, correlation. */
    public static final int HEADER_BYTES = Integer.BYTES + Byte.BYTES + Long.BYTES;

    /** What the length of a frame without content is: it counts type and correlation but not itself. */
    public static final int LEAST_LENGTH = Byte.BYTES + Long.BYTES;

    private final byte code;

    FrameType(int code) {
        this.code = (byte) code;
    }

    /** Returns what stands in the frame. */
    public byte code() {
        return code;
    }

    /**
     * Returns whether a frame is of this type.
     *
     * @param found what stands in it
     */
    public boolean is(byte found) {
        return found == code;
    }
}
