package io.foreshard.jmh.stacks;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The least that an echo over a unix socket can be: one thread that blocks on each side, and no frames. */
final class BareEcho {

    private static final int BYTES = 64;

    private BareEcho() {}

    /** Answers the first connection until it ends. Arguments: the socket, and a file that is made once it listens. */
    public static void main(String[] arguments) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(arguments[0]);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            Files.createFile(Path.of(arguments[1]));
            try (SocketChannel channel = server.accept()) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
                while (channel.read(buffer.clear()) > 0) {
                    channel.write(buffer.flip());
                }
            }
        } finally {
            Files.deleteIfExists(address.getPath());
        }
    }

    /** Returns how long each of so many messages took, sorted. */
    static long[] run(Path socket, int warmUp, int count) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
            long[] nanos = new long[count];
            for (int i = -warmUp; i < count; i++) {
                long begin = System.nanoTime();
                channel.write(buffer.clear());
                buffer.clear();
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer) < 0) {
                        throw new IOException(socket + ": ended");
                    }
                }
                if (i >= 0) {
                    nanos[i] = System.nanoTime() - begin;
                }
            }
            Arrays.sort(nanos);
            return nanos;
        }
    }
}
