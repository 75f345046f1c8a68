package io.foreshard.stackvirt.engine.text;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * Cuts a stream of bytes into replies of lines. Keeps one reply at most; a line that is none is found out by its first bytes, before the rest of it
 * is kept.
 */
final class ReplyReader implements AutoCloseable {

    private static final byte LINE_END = '\n';
    private static final byte SAME_CODE = ' ';
    private static final byte LAST = ' ';
    private static final byte MORE = '-';
    private static final byte ASIDE = '+';
    private static final int DIGITS = 4;
    private static final int TEN = 10;
    private static final int THOUSAND = 1000;
    private static final int FIRST_ROOM = 256;

    private final ByteBufAllocator allocator;
    private final int largest;
    private final Sink sink;
    private ByteBuf reply = Unpooled.EMPTY_BUFFER;
    private int lineStart;
    /** Bytes of lines that were left out since the last reply. */
    private long aside;

    private boolean isAside;

    private boolean closed;

    /** What takes the replies. */
    interface Sink {

        /** Returns whether a reply may come now. */
        boolean expectsReply();

        /** Takes a reply over, with the code of its last line. */
        void onReply(int code, ByteBuf reply);

        /** What came is no reply, or none that may come; nothing more is read. */
        void onBroken();
    }

    ReplyReader(ByteBufAllocator allocator, int largest, Sink sink) {
        this.allocator = allocator;
        this.largest = largest;
        this.sink = sink;
    }

    /** Returns whether a code says that what was asked for was done. */
    static boolean isGood(int code) {
        return code < THOUSAND;
    }

    /** Takes bytes over and reads them; who is told of a reply may close the reader. */
    void read(ByteBuf bytes) {
        try {
            while (!closed && bytes.isReadable()) {
                int end = bytes.bytesBefore(LINE_END);
                int part = end < 0 ? bytes.readableBytes() : end + 1;
                if (!take(bytes, part, end >= 0)) {
                    close();
                    sink.onBroken();
                }
            }
        } finally {
            bytes.release();
        }
    }

    /** Takes a part of a line; returns false if it is not to be taken. */
    private boolean take(ByteBuf bytes, int part, boolean whole) {
        int kept = reply.writerIndex() - lineStart;
        isAside = isAside || (kept == 0 && bytes.getByte(bytes.readerIndex()) == ASIDE);
        if (isAside) {
            aside += part;
            bytes.skipBytes(part);
            isAside = !whole;
            return aside <= largest;
        }
        if (!sink.expectsReply() || reply.writerIndex() + part > largest || !isSound(bytes, part, kept)) {
            return false;
        }
        keep(bytes, part);
        if (whole) {
            endLine();
        }
        return true;
    }

    /** Looks at the beginning of a line, of which some was kept before. */
    private boolean isSound(ByteBuf bytes, int part, int kept) {
        int from = bytes.readerIndex();
        int prefix = Math.min(DIGITS + 1, kept + part);
        byte first = kept > 0 ? reply.getByte(lineStart) : bytes.getByte(from);
        if (first == SAME_CODE) {
            return lineStart > 0;
        }
        for (int i = kept; i < prefix; i++) {
            if (!isPrefix(i, bytes.getByte(from + i - kept))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrefix(int index, byte value) {
        return index < DIGITS ? value >= '0' && value <= '9' : value == LAST || value == MORE;
    }

    private void keep(ByteBuf bytes, int part) {
        if (reply.maxCapacity() == 0) {
            reply = allocator.buffer(Math.min(FIRST_ROOM, largest), largest);
        }
        reply.writeBytes(bytes, part);
    }

    private void endLine() {
        if (reply.getByte(lineStart) == SAME_CODE || reply.getByte(lineStart + DIGITS) == MORE) {
            lineStart = reply.writerIndex();
        } else {
            ByteBuf whole = reply;
            int code = code(whole, lineStart);
            reply = Unpooled.EMPTY_BUFFER;
            lineStart = 0;
            aside = 0;
            sink.onReply(code, whole);
        }
    }

    private static int code(ByteBuf line, int from) {
        int code = 0;
        for (int i = 0; i < DIGITS; i++) {
            code = TEN * code + line.getByte(from + i) - '0';
        }
        return code;
    }

    /** Releases what is half read. May be repeated. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            reply.release();
        }
    }
}
