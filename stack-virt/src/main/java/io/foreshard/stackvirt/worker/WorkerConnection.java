package io.foreshard.stackvirt.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection of a worker: a buffer in, a buffer out, each as large as the largest frame so far. */
final class WorkerConnection {

    private static final int FIRST_BUFFER = 64 << 10;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final int largestMessage;
    private final StackHandler handler;
    private ByteBuffer in = ByteBuffer.allocateDirect(FIRST_BUFFER);
    private ByteBuffer out = ByteBuffer.allocateDirect(FIRST_BUFFER);
    private boolean hasRead;

    private WorkerConnection(SocketChannel channel, SelectionKey key, int largestMessage, StackHandler handler) {
        this.channel = channel;
        this.key = key;
        this.largestMessage = largestMessage;
        this.handler = handler;
    }

    /** Makes a connection of a channel, which is served as a selector finds it ready. */
    static WorkerConnection register(SocketChannel channel, Selector selector, int largestMessage, StackHandler handler)
            throws IOException {
        channel.configureBlocking(false);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        WorkerConnection connection = new WorkerConnection(channel, key, largestMessage, handler);
        key.attach(connection);
        return connection;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    void close() throws IOException {
        channel.close();
    }

    /** Returns whether anything has ever come. */
    boolean hasRead() {
        return hasRead;
    }

    void serve() {
        try {
            if (key.isWritable()) {
                flush();
            }
            if (out.position() == 0 && !readAndAnswer()) {
                channel.close();
            }
        } catch (IOException gone) {
            closeQuietly();
        }
    }

    /** Returns false if this is the end. */
    private boolean readAndAnswer() throws IOException {
        int read = channel.read(in);
        hasRead |= read > 0;
        return read >= 0 && answerAll();
    }

    private void closeQuietly() {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // It was to be closed, and is.
        }
    }

    /** Returns false if the other side broke the rules. Stops when answers cannot be written; goes on once they are. */
    private boolean answerAll() throws IOException {
        boolean more = true;
        while (more && out.position() == 0) {
            in.flip();
            boolean sound = true;
            more = true;
            while (sound && more && out.position() < FIRST_BUFFER) {
                more = in.remaining() >= Integer.BYTES;
                if (more) {
                    int length = in.getInt(in.position());
                    sound = length >= FrameType.LEAST_LENGTH && length - FrameType.LEAST_LENGTH <= largestMessage;
                    more = sound && isWhole(Integer.BYTES + length);
                    sound = sound && (!more || answerOne(Integer.BYTES + length));
                }
            }
            if (!sound) {
                return false;
            }
            in.compact();
            flush();
        }
        return true;
    }

    private boolean isWhole(int frame) {
        if (in.capacity() < frame) {
            in = ByteBuffer.allocateDirect(frame).put(in).flip();
        }
        return in.remaining() >= frame;
    }

    private boolean answerOne(int frame) {
        ByteBuffer content = in.slice(in.position() + FrameType.HEADER_BYTES, frame - FrameType.HEADER_BYTES);
        byte type = in.get(in.position() + Integer.BYTES);
        long correlation = in.getLong(in.position() + Integer.BYTES + 1);
        in.position(in.position() + frame);
        return answer(type, correlation, content);
    }

    private boolean answer(byte type, long correlation, ByteBuffer content) {
        if (FrameType.PING.is(type)) {
            put(FrameType.PONG, correlation, content.limit(0));
            return true;
        }
        if (!FrameType.MESSAGE.is(type)) {
            return false;
        }
        ByteBuffer reply;
        try {
            reply = handler.answer(content);
        } catch (Exception refused) {
            put(FrameType.ERROR, correlation, content.clear().limit(0));
            return true;
        }
        put(FrameType.REPLY, correlation, reply);
        return true;
    }

    private void put(FrameType type, long correlation, ByteBuffer content) {
        int frame = FrameType.HEADER_BYTES + content.remaining();
        if (out.remaining() < frame) {
            out = ByteBuffer.allocateDirect(Math.max(2 * out.capacity(), out.position() + frame))
                    .put(out.flip());
        }
        out.putInt(frame - Integer.BYTES).put(type.code()).putLong(correlation).put(content);
    }

    private void flush() throws IOException {
        out.flip();
        channel.write(out);
        out.compact();
        boolean done = out.position() == 0;
        key.interestOps(done ? SelectionKey.OP_READ : SelectionKey.OP_WRITE);
    }
}
