package io.foreshard.stackvirt.worker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Serves messages that come over a unix socket, at which it listens or to which it connects: on the thread that calls {@link #run}, one
 * message after the other. A connection that breaks the rules of frames is closed; others do not notice. One that does not read its answers
 * is not read from until it does.
 */
public final class StackWorker implements AutoCloseable {

    private static final int BACKLOG = 16;
    private static final long UNTIL_AN_EVENT = 0;

    private final Path socket;
    private final int largestMessage;
    private final StackHandler handler;
    private final Selector selector;
    private @Nullable ServerSocketChannel server;
    private @Nullable Dialer dialer;

    private StackWorker(Path socket, int largestMessage, StackHandler handler) throws IOException {
        if (largestMessage <= 0 || largestMessage > Integer.MAX_VALUE / 2) {
            throw new IllegalArgumentException("largestMessage: " + largestMessage + " (expected: 1…2^30)");
        }
        this.socket = socket;
        this.largestMessage = largestMessage;
        this.handler = handler;
        selector = Selector.open();
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
        StackWorker worker = new StackWorker(socket, largestMessage, handler);
        try {
            Files.deleteIfExists(socket);
            worker.listen();
            return worker;
        } catch (IOException | RuntimeException fault) {
            worker.close();
            throw fault;
        }
    }

    /**
     * Connects to who listens, once {@link #run} is called: for surroundings that let a stack out and nobody in. Has one connection at a time
     * and makes the next one when it ends; tries again after 1 to 128 ms while nobody listens.
     *
     * @param socket where someone listens, from time to time
     * @param largestMessage in bytes, above 0; who sends a larger one is disconnected
     * @param handler answers the messages
     * @return call {@link #run} on it
     * @throws IOException if there are no file descriptors
     */
    public static StackWorker dial(Path socket, int largestMessage, StackHandler handler) throws IOException {
        StackWorker worker = new StackWorker(socket, largestMessage, handler);
        worker.dialer = new Dialer(socket, worker.selector, largestMessage, handler);
        return worker;
    }

    private void listen() throws IOException {
        ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server = listening;
        listening.bind(UnixDomainSocketAddress.of(socket), BACKLOG);
        listening.configureBlocking(false);
        listening.register(selector, SelectionKey.OP_ACCEPT);
    }

    /**
     * Serves until the worker is closed.
     *
     * @throws IOException if the socket itself fails; a connection that fails is only closed
     */
    public void run() throws IOException {
        while (selector.isOpen()) {
            try {
                selector.select(this::serve, dialer == null ? UNTIL_AN_EVENT : dialer.dial());
            } catch (ClosedSelectorException closed) {
                break;
            }
        }
        if (dialer != null) {
            dialer.close();
        }
    }

    private void serve(SelectionKey key) {
        if (!key.isValid()) {
            return;
        }
        if (key.attachment() instanceof WorkerConnection connection) {
            connection.serve();
        } else {
            accept((ServerSocketChannel) key.channel());
        }
    }

    private void accept(ServerSocketChannel listening) {
        try {
            SocketChannel channel = listening.accept();
            if (channel != null) {
                WorkerConnection.register(channel, selector, largestMessage, handler);
            }
        } catch (IOException refused) {
            // Who wanted to connect has gone, or there are no file descriptors: what is connected goes on.
        }
    }

    /** Stops listening or connecting, and closes all connections; {@link #run} returns. May be called by any thread, and repeated. */
    @Override
    public void close() throws IOException {
        ServerSocketChannel listening = server;
        if (listening != null) {
            listening.close();
        }
        for (SelectionKey key :
                selector.isOpen() ? selector.keys().toArray(SelectionKey[]::new) : new SelectionKey[0]) {
            key.channel().close();
        }
        selector.close();
        if (listening != null) {
            Files.deleteIfExists(socket);
        }
    }
}
