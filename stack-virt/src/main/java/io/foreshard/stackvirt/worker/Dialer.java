package io.foreshard.stackvirt.worker;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection to a socket where someone listens from time to time. Who takes a connection and asks nothing is tried again more and
 * more slowly, as is one who is not there.
 */
final class Dialer {

    private static final long FIRST_PAUSE_MILLIS = 1;
    private static final long LONGEST_PAUSE_MILLIS = 128;
    /** What {@link Selector#select(long)} takes for waiting until something happens. */
    private static final long UNTIL_AN_EVENT = 0;

    private final UnixDomainSocketAddress address;
    private final Selector selector;
    private final int largestMessage;
    private final StackHandler handler;
    private @Nullable WorkerConnection connection;
    private long pause = FIRST_PAUSE_MILLIS;

    Dialer(Path socket, Selector selector, int largestMessage, StackHandler handler) {
        address = UnixDomainSocketAddress.of(socket);
        this.selector = selector;
        this.largestMessage = largestMessage;
        this.handler = handler;
    }

    /** Connects if there is no connection. Returns after how many milliseconds it is to be called again at the latest, 0 for no need. */
    long dial() {
        WorkerConnection last = connection;
        if (last != null) {
            if (last.isOpen()) {
                return UNTIL_AN_EVENT;
            }
            connection = null;
            if (!last.hasRead()) {
                return nextPause();
            }
            pause = FIRST_PAUSE_MILLIS;
        }
        try {
            connection = connect();
            return UNTIL_AN_EVENT;
        } catch (IOException nobodyListens) {
            return nextPause();
        }
    }

    private long nextPause() {
        long now = pause;
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        return now;
    }

    private WorkerConnection connect() throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        try {
            return WorkerConnection.register(channel, selector, largestMessage, handler);
        } catch (IOException | RuntimeException fault) {
            channel.close();
            throw fault;
        }
    }

    /** Closes a connection that was made while the selector was being closed. */
    void close() throws IOException {
        if (connection != null) {
            connection.close();
        }
    }
}
