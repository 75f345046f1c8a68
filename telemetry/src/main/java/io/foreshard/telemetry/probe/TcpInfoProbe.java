package io.foreshard.telemetry.probe;

import io.netty.channel.Channel;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the kernel knows of the application's own TCP connections, without a packet of its own. A connection on which nothing was
 * acknowledged since the last look tells nothing new, so an idle one decays to unknown. The loss ratio is unknown: the kernel tells how
 * many segments were sent again, but Netty not of how many. Any thread.
 */
public interface TcpInfoProbe extends PathProbe {

    /**
     * Looks at a connection from now on, on its own event loop, until it is closed.
     *
     * @param channel a connected channel of Netty's epoll transport
     * @return whether that is possible: not for other channels, unconnected ones, or beyond the limit
     */
    boolean watch(Channel channel);

    /**
     * Returns what the kernel said last of a connection to an address.
     *
     * @param remote the connection's remote address
     * @return the newest, or {@code null} if none is watched
     */
    @Nullable
    TcpPathInfo newest(SocketAddress remote);
}
