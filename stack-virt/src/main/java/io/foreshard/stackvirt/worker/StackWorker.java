package io.foreshard.stackvirt.worker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Serves messages that come over a unix socket, on the thread that calls {@link #run}, one message after the other. A connection that breaks
 * the rules of frames is closed; others do not notice. One that does not read its answers is not read from until it does.
 */
public final class StackWorker implements AutoCloseable {

    private static final int BACKLOG = 16;

    private final Path socket;
    private final int largestMessage;
    private final StackHandler handler;
    private final Selector selector;
    private final ServerSocketChannel server;

    private StackWorker(Path socket, int largestMessage, StackHandler handler) throws IOException {
        this.socket = socket;
        this.largestMessage = largestMessage;
        this.handler = handler;
        selector = Selector.open();
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    }

    /**
     * Listens; connections are accepted once {@link #run} is called.
     *
     * @param socket where; what is there from an earlier run is removed
     * @param largestMessage in bytes, above 0; who sends a larger one is disconnected
     * @param handler answers the messages
     * @return call {@link #run} on it
     * @throws IOException if the socket cannot be made
     */
    public static StackWorker listen(Path socket, int largestMessage, StackHandler handler) throws IOException {
        if (largestMessage <= 0 || largestMessage > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("largestMessage: " + largestMessage + " (expected: 1…2^30)");
        }
        StackWorker worker = new StackWorker(socket, largestMessage, handler);
        try {
            Files.deleteIfExists(socket);
            worker.server.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
            worker.server.configureBlocking(false);
            worker.server.register(worker.selector, SelectionKey.OP_ACCEPT);
            return worker;
        } catch (IOException | RuntimeException fault) {
            worker.close();
            throw fault;
        }
    }

    /**
     * Serves until the worker is closed.
     *
     * @throws IOException if the socket itself fails; a connection that fails is only closed
     */
    public void run() throws IOException {
        while (selector.isOpen() && server.isOpen()) {
            selector.select(this::serve);
        }
    }

    private void serve(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.attachment() instanceof WorkerConnection connection) {
            connection.serve();
        } else {
            accept();
        }
    }

    private void accept() {
        try {
            SocketChannel channel = server.accept();
            if (channel != null) {
                channel.configureBlocking(false);
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                key.attach(new WorkerConnection(channel, key, largestMessage, handler));
            }
        } catch (IOException refused) {
            // Who wanted to connect has gone, or there are no file descriptors: what is connected goes on.
        }
    }

    /** Stops listening and closes all connections; {@link #run} returns. May be called by any thread, and repeated. */
    @Override
    public void close() throws IOException {
        server.close();
        for (SelectionKey key :
                selector.isOpen() ? selector.keys().toArray(SelectionKey[]::new) : new SelectionKey[0]) {
            key.channel().close();
        }
        selector.close();
        Files.deleteIfExists(socket);
    }
}
