package io.foreshard.flowsharder.relay;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Whether the kernel can move bytes here. */
final class Splicing {

    private static final String NAME = "splice";

    private Splicing() {}

    /** Tries it once with a pair of pipes. */
    static RelayCapability probe(boolean epoll) {
        if (!epoll) {
            return new RelayCapability(NAME, false, "bytes are copied, as the event loops are not epoll loops");
        }
        try {
            return probe();
        } catch (IOException | LinkageError refused) {
            return new RelayCapability(NAME, false, "bytes are copied: " + refused);
        }
    }

    private static RelayCapability probe() throws IOException {
        FileDescriptor[] source = FileDescriptor.pipe();
        Pipe pipe = new Pipe();
        try {
            source[1].write(ByteBuffer.allocateDirect(1), 0, 1);
            boolean moved = pipe.fill(source[0]) == 1;
            return new RelayCapability(
                    NAME, moved, moved ? "splice(2) through pipes" : "bytes are copied: it moved nothing");
        } finally {
            pipe.close();
            source[0].close();
            source[1].close();
        }
    }
}
