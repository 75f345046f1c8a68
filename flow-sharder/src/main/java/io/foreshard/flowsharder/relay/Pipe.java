package io.foreshard.flowsharder.relay;

import io.netty.channel.epoll.Native;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;

/**
 * A pipe of the system, through which it moves bytes from one socket to another without a copy: {@code splice(2)}. The only place that calls
 * it, by Netty's native library.
 */
final class Pipe implements Conduit {

    /** More than a pipe of the usual 16 buffers can take. */
    private static final int MOST_BYTES = 1 << 20;

    private static final int NO_OFFSET = -1;

    private final FileDescriptor exit;
    private final FileDescriptor entry;
    private int held;

    Pipe() throws IOException {
        FileDescriptor[] ends = FileDescriptor.pipe();
        exit = ends[0];
        entry = ends[1];
    }

    @Override
    public boolean isEmpty() {
        return held == 0;
    }

    /** Returns 0 also at the end of the source. */
    @Override
    public int fill(FileDescriptor source) throws IOException {
        int count = Native.splice(source.intValue(), NO_OFFSET, entry.intValue(), NO_OFFSET, MOST_BYTES);
        held += count;
        return count;
    }

    /** A pipe has 16 places, whatever their size. */
    @Override
    public boolean isShort() {
        return false;
    }

    @Override
    public int drain(FileDescriptor target) throws IOException {
        int count = Native.splice(exit.intValue(), NO_OFFSET, target.intValue(), NO_OFFSET, held);
        held -= count;
        return count;
    }

    @Override
    public void close() {
        for (FileDescriptor end : new FileDescriptor[] {exit, entry}) {
            try {
                end.close();
            } catch (IOException gone) {
                // The system has taken it back.
            }
        }
    }
}
