package io.foreshard.flowsharder.accept;

import io.foreshard.coreapi.Reason;
import io.foreshard.flowsharder.edge.Ingress;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.util.Map;

/**
 * Lets applications choose where an {@link Ingress} carries their connections. Success is answered when the target is connected, not
 * before. Any thread.
 */
public interface Acceptor {

    /**
     * Configures one that speaks SOCKS, version 5 (RFC 1928, of its commands CONNECT; RFC 1929).
     *
     * @param ingress carries what is accepted
     * @return a builder
     */
    static AcceptorBuilder socks5(Ingress ingress) {
        return new AcceptorBuilder(ingress, Socks5Conversation::begin);
    }

    /**
     * Configures one that speaks HTTP/1.1 as far as CONNECT goes (RFC 9110, section 9.3.6; passwords by RFC 7617).
     *
     * @param ingress carries what is accepted
     * @return a builder
     */
    static AcceptorBuilder httpConnect(Ingress ingress) {
        return new AcceptorBuilder(ingress, HttpConversation::begin);
    }

    /**
     * Accepts connections.
     *
     * @param local where
     * @return the bound channel, to be closed by the caller
     */
    Future<Channel> listen(SocketAddress local);

    /** Returns what sets up one connection, for {@link Ingress#listen}; may be used for any number of them. */
    ChannelHandler handler();

    /** Returns how often connections were not carried, and why. */
    Map<Reason, Long> counters();
}
