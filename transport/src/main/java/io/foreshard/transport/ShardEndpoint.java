package io.foreshard.transport;

import io.foreshard.coreapi.Reason;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A local address that opens and accepts sessions, with channels of its own on the application's event loops: datagram sockets, or TCP
 * connections ({@link ShardEndpointBuilder#streams}). Safe for use by
 * several threads.
 */
public interface ShardEndpoint {

    /**
     * Returns a builder.
     *
     * @param group the application's event loops; the endpoint starts no thread and does not shut the group down
     */
    static ShardEndpointBuilder builder(EventLoopGroup group) {
        return new ShardEndpointBuilder(group);
    }

    /**
     * Opens a session.
     *
     * @param remote the peer
     * @return completes with the session, or fails when the peer does not answer within the handshake's time
     */
    default Future<ShardSession> connect(SocketAddress remote) {
        return connect(remote, null);
    }

    /**
     * Opens a session through a relay.
     *
     * @param remote the relay
     * @param destination where the session is meant to end, told to the relay; {@code null} when it ends at {@code remote}
     * @return completes with the session, or fails when the relay does not answer or does not serve the destination
     */
    Future<ShardSession> connect(SocketAddress remote, @Nullable InetSocketAddress destination);

    /** Returns the address that is bound. */
    InetSocketAddress localAddress();

    /** Returns what the channels can and cannot do here, and why. */
    List<Capability> capabilities();

    /** Returns how often each reason was counted, without those that never were; over all loops. */
    Map<Reason, Long> counters();

    /** Returns the bytes of unfinished messages held, as last seen by each loop. */
    long reassemblyBytes();

    /** Returns the most bytes of unfinished messages held so far, summed over the loops. */
    long peakReassemblyBytes();

    /**
     * Closes all sessions and channels.
     *
     * @return completes when all is closed
     */
    Future<Void> close();
}
