package io.foreshard.flowsharder.wire;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The checksums of one direction of a leg: CRC-32C over the leg's key, the frame's number, which is not sent, and the frame. So it tells
 * not only a changed byte, but a frame that was lost, doubled or moved, or that belongs to another leg. It is no signature: who can compute
 * a CRC can forge one. Not safe for use by several threads.
 */
final class FrameSeal {

    private static final int NUMBERED_BYTES = 2 * Long.BYTES;

    private final CRC32C crc = new CRC32C();
    private final byte[] head = new byte[NUMBERED_BYTES + LegFormat.CHECK_INDEX];
    private final ByteBuffer headView = ByteBuffer.wrap(head);
    private long key;
    private long number;

    /** Changes the key, from the next frame on. */
    void key(long newKey) {
        key = newKey;
    }

    /**
     * Returns the next frame's checksum.
     *
     * @param header holds the frame's header
     * @param headerIndex where it begins
     * @param rest holds what follows the header
     * @param restIndex where that begins
     * @param restBytes how long it is
     */
    int next(ByteBuf header, int headerIndex, ByteBuf rest, int restIndex, int restBytes) {
        begin(header, headerIndex);
        update(rest, restIndex, restBytes);
        return end();
    }

    /** As {@link #next}, for a frame whose contents are in two parts. */
    int next(ByteBuf frame, int index, int bytes, ByteBuf rest) {
        begin(frame, index);
        update(frame, index + LegFormat.HEADER_BYTES, bytes - LegFormat.HEADER_BYTES);
        update(rest, rest.readerIndex(), rest.readableBytes());
        return end();
    }

    private void begin(ByteBuf header, int index) {
        headView.putLong(0, key).putLong(Long.BYTES, number);
        header.getBytes(index, head, NUMBERED_BYTES, LegFormat.CHECK_INDEX);
        crc.reset();
        crc.update(head, 0, head.length);
    }

    private int end() {
        number++;
        return (int) crc.getValue();
    }

    private void update(ByteBuf buffer, int index, int bytes) {
        if (bytes == 0) {
            return;
        }
        if (buffer.hasArray()) {
            crc.update(buffer.array(), buffer.arrayOffset() + index, bytes);
        } else if (buffer.nioBufferCount() == 1) {
            crc.update(buffer.nioBuffer(index, bytes));
        } else {
            for (ByteBuffer part : buffer.nioBuffers(index, bytes)) {
                crc.update(part);
            }
        }
    }
}
