package io.foreshard.flowsharder.relay;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Leads connections to the next hops that their headers name, and passes all bytes on unread. It starts no thread and keeps nothing about
 * a connection that is gone. Any thread may call it.
 */
public interface Relay {

    /**
     * Starts to build a relay.
     *
     * @param group the application's event loops: of epoll, of NIO or simulated; the relay does not shut them down
     * @param key what headers must be signed with
     */
    static RelayBuilder builder(EventLoopGroup group, RouteKey key) {
        return new RelayBuilder(group, key);
    }

    /** Returns where the relay accepts connections, or {@code null} if it has no socket of its own. */
    @Nullable
    InetSocketAddress localAddress();

    /**
     * Returns the handler of one more connection that the application accepted, for the end of its pipeline. The channel reads nothing of
     * itself from then on, and must be on one of the loops for which the relay makes channels. Each connection needs a handler of its own.
     */
    RelayHandler newHandler();

    /** Returns what was tried at the start, and whether it works. */
    List<RelayCapability> capabilities();

    /** Returns what was done so far. */
    RelayTotals totals();

    /** Returns how often each reason was counted, zeros too; over all loops. */
    Map<RelayReason, Long> counters();

    /**
     * Accepts nothing more, while what is there goes on: before a restart.
     *
     * @return completes when no connection is left
     */
    Future<Void> drain();

    /**
     * Accepts nothing more, and resets all connections.
     *
     * @return completes when all are gone
     */
    Future<Void> close();
}
