package io.foreshard.stackvirt.engine.link;

import io.foreshard.stackvirt.worker.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/** Cuts a stream of bytes into frames. Allocates for a frame only when its length is allowed and it was asked for. */
final class FrameReader implements AutoCloseable {

    private static final int TYPE = Integer.BYTES;
    private static final int CORRELATION = TYPE + Byte.BYTES;

    private final ByteBufAllocator allocator;
    private final int largest;
    private final Sink sink;
    private final ByteBuf header;
    private ByteBuf content;
    private int missing;
    private boolean closed;

    /** What takes the frames. */
    interface Sink {

        /** Returns whether such a frame may come now. */
        boolean expects(byte type, long correlation, int length);

        /** Takes a frame, whose content it releases. */
        void onFrame(byte type, long correlation, ByteBuf content);

        /** What came is no frame, or none that may come; nothing more is read. */
        void onBroken();
    }

    FrameReader(ByteBufAllocator allocator, int largest, Sink sink) {
        this.allocator = allocator;
        this.largest = largest;
        this.sink = sink;
        header = allocator.buffer(FrameType.HEADER_BYTES, FrameType.HEADER_BYTES);
        content = Unpooled.EMPTY_BUFFER;
    }

    /** Takes bytes over and reads them; who is told of a frame may close the reader. */
    void read(ByteBuf bytes) {
        try {
            while (!closed && bytes.isReadable()) {
                if (header.isWritable()) {
                    header.writeBytes(bytes, Math.min(header.writableBytes(), bytes.readableBytes()));
                    if (!header.isWritable()) {
                        begin();
                    }
                } else {
                    int part = Math.min(missing, bytes.readableBytes());
                    content.writeBytes(bytes, part);
                    missing -= part;
                    deliverWhole();
                }
            }
        } finally {
            bytes.release();
        }
    }

    private void begin() {
        int length = header.getInt(0) - FrameType.LEAST_LENGTH;
        boolean sound = length >= 0 && length <= largest;
        if (!sound || !sink.expects(header.getByte(TYPE), header.getLong(CORRELATION), length)) {
            close();
            sink.onBroken();
            return;
        }
        missing = length;
        if (length > 0) {
            content = allocator.buffer(length, length);
        }
        deliverWhole();
    }

    private void deliverWhole() {
        if (missing > 0) {
            return;
        }
        ByteBuf whole = content;
        byte type = header.getByte(TYPE);
        long correlation = header.getLong(CORRELATION);
        content = Unpooled.EMPTY_BUFFER;
        header.clear();
        sink.onFrame(type, correlation, whole);
    }

    /** Releases what is half read. May be repeated. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            header.release();
            content.release();
        }
    }
}
