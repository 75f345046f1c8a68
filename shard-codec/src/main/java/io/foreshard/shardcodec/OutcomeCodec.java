package io.foreshard.shardcodec;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Writes and reads the bodies of DONE and REJECT, which tell how messages ended. Pure functions. */
public final class OutcomeCodec {

    /** Most messages in one DONE. */
    public static final int MAX_DONE = 64;

    private static final int DONE_BYTES = 8;
    private static final int REJECT_BYTES = 14;
    private static final int ROLE_RECEIVER = 0;
    private static final int ROLE_SENDER = 1;

    private OutcomeCodec() {}

    /** Takes the messages of a DONE one by one. */
    @FunctionalInterface
    public interface DoneVisitor {
        /**
         * Takes one message.
         *
         * @param messageId a message that the receiver has delivered whole
         */
        void done(long messageId);
    }

    /**
     * How one message was given up.
     *
     * @param messageId the message
     * @param total its bytes on the wire, so that only the message that was meant is given up
     * @param reason why
     * @param bySender whether its sender speaks; else its receiver
     */
    public record Rejection(long messageId, long total, RejectReason reason, boolean bySender) {}

    /**
     * Writes the body of a DONE.
     *
     * @param out buffer with room; ownership stays with the caller
     * @param messageIds messages, 1…{@link #MAX_DONE}
     * @param count how many of them
     */
    public static void writeDone(ByteBuf out, long[] messageIds, int count) {
        out.writeByte(count);
        for (int i = 0; i < count; i++) {
            out.writeLong(messageIds[i]);
        }
    }

    /**
     * Reads the body of a DONE.
     *
     * @return false when it is malformed, and then nothing was visited
     */
    public static boolean readDone(ByteBuf in, int index, int length, DoneVisitor visitor) {
        int count = length > 0 ? in.getUnsignedByte(index) : 0;
        if (count == 0 || count > MAX_DONE || length != 1 + count * DONE_BYTES) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            visitor.done(in.getLong(index + 1 + i * DONE_BYTES));
        }
        return true;
    }

    /**
     * Writes the body of a REJECT.
     *
     * @param out buffer with room; ownership stays with the caller
     * @param rejection what is given up
     */
    public static void writeReject(ByteBuf out, Rejection rejection) {
        out.writeLong(rejection.messageId());
        out.writeInt((int) rejection.total());
        out.writeByte(rejection.reason().code());
        out.writeByte(rejection.bySender() ? ROLE_SENDER : ROLE_RECEIVER);
    }

    /**
     * Reads the body of a REJECT.
     *
     * @return what is given up, or {@code null} when it is malformed
     */
    public static @Nullable Rejection readReject(ByteBuf in, int index, int length) {
        if (length != REJECT_BYTES) {
            return null;
        }
        RejectReason reason = RejectReason.ofCode(in.getUnsignedByte(index + 12));
        int role = in.getUnsignedByte(index + 13);
        if (reason == null || role > ROLE_SENDER) {
            return null;
        }
        return new Rejection(in.getLong(index), in.getUnsignedInt(index + 8), reason, role == ROLE_SENDER);
    }
}
