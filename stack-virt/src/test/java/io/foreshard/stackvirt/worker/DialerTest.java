package io.foreshard.stackvirt.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DialerTest {

    @TempDir
    private Path folder;

    @Test
    void whoIsNotThereIsTriedMoreAndMoreSlowly() throws IOException {
        try (Selector selector = Selector.open()) {
            Dialer dialer = dialer(selector);
            for (long expected : new long[] {1, 2, 4, 8, 16, 32, 64, 128, 128, 128}) {
                assertEquals(expected, dialer.dial());
            }
        }
    }

    @Test
    void whoTakesConnectionsAndAsksNothingIsTriedMoreAndMoreSlowlyToo() throws IOException {
        try (Selector selector = Selector.open();
                ServerSocketChannel server = listen()) {
            Dialer dialer = dialer(selector);
            for (long expected : new long[] {1, 2, 4}) {
                assertEquals(0, dialer.dial());
                server.accept().close();
                serve(selector);
                assertEquals(expected, dialer.dial());
            }
            assertEquals(0, dialer.dial());
            try (SocketChannel asking = server.accept()) {
                asking.write(ByteBuffer.allocate(FrameType.HEADER_BYTES)
                        .putInt(FrameType.LEAST_LENGTH)
                        .put(FrameType.PING.code())
                        .putLong(1)
                        .flip());
                serve(selector);
                assertEquals(0, dialer.dial(), "one connection at a time");
            }
            serve(selector);
            assertEquals(0, dialer.dial(), "who asked is tried at once");
            dialer.close();
        }
    }

    private Dialer dialer(Selector selector) {
        return new Dialer(folder.resolve("d"), selector, 1, message -> message);
    }

    private ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(folder.resolve("d")));
    }

    private static void serve(Selector selector) throws IOException {
        assertTrue(selector.select(DialerTest::serve) > 0);
    }

    private static void serve(SelectionKey key) {
        ((WorkerConnection) key.attachment()).serve();
    }
}
