package io.foreshard.simulator;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The receiving half of a stream connection: what has arrived, and how it ended. */
final class StreamInput {

    private final StreamReceiveQueue received = new StreamReceiveQueue();
    private @Nullable StreamPipe source;
    private boolean shutdown;
    private boolean ended;
    private boolean endReported;
    private boolean reset;

    void connected(StreamPipe pipe) {
        source = pipe;
    }

    void add(byte[] segment) {
        if (shutdown) {
            credit(segment.length);
        } else {
            received.add(segment);
        }
    }

    void end() {
        ended = true;
    }

    void reset() {
        reset = true;
        received.clear();
    }

    void shutdown() {
        shutdown = true;
        received.clear();
    }

    void discard() {
        received.clear();
    }

    boolean isEmpty() {
        return received.isEmpty();
    }

    boolean isReset() {
        return reset;
    }

    boolean isShutdown() {
        return shutdown;
    }

    boolean hasNews() {
        return !received.isEmpty() || reset || (ended && !endReported);
    }

    /** Reads into the buffer and gives the sender credit for it. */
    int readInto(ByteBuf buffer) {
        int length = received.readInto(buffer);
        credit(length);
        return length;
    }

    /** Whether the end has been reached now; tells it once. */
    boolean takeEnd() {
        boolean now = ended && !endReported && received.isEmpty();
        endReported |= now;
        shutdown |= now;
        return now;
    }

    private void credit(int bytes) {
        if (source != null) {
            source.consumed(bytes);
        }
    }
}
