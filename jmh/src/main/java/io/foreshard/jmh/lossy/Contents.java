package io.foreshard.jmh.lossy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** What messages contain: their index, and bytes that no other message has at the same place. Immutable. */
final class Contents {

    private static final int MESSAGE_BYTES = Arrivals.MESSAGE_BYTES;
    private static final int VARIANTS = 4096;
    private static final long SEED = 7;

    private final byte[] noise = new byte[MESSAGE_BYTES + VARIANTS];

    Contents() {
        new SplittableRandom(SEED).nextBytes(noise);
    }

    byte[] message(int index) {
        byte[] message = new byte[MESSAGE_BYTES];
        System.arraycopy(noise, index % VARIANTS, message, 0, MESSAGE_BYTES);
        ByteBuffer.wrap(message).putLong(index);
        return message;
    }

    /**
     * Reads a message.
     *
     * @param message stays the caller's
     * @return its index, or -1 when anything in it is wrong
     */
    int indexOf(ByteBuf message) {
        if (message.readableBytes() != MESSAGE_BYTES) {
            return -1;
        }
        int start = message.readerIndex();
        long index = message.getLong(start);
        if (index < 0 || index > Integer.MAX_VALUE) {
            return -1;
        }
        ByteBuf expected = Unpooled.wrappedBuffer(noise);
        int variant = (int) (index % VARIANTS);
        boolean same = ByteBufUtil.equals(
                message, start + Long.BYTES, expected, variant + Long.BYTES, MESSAGE_BYTES - Long.BYTES);
        return same ? (int) index : -1;
    }
}
