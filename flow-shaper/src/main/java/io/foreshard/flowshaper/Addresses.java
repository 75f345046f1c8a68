package io.foreshard.flowshaper;

import io.foreshard.flowshaper.scheduling.FlowKey;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** What channels say of their ends. One without IP addresses, such as a test's, counts as 0.0.0.0. */
final class Addresses {

    private static final InetSocketAddress NONE = InetSocketAddress.createUnresolved("none", 0);

    private Addresses() {}

    /** Returns the flow that a stream is. */
    static FlowKey stream(Channel channel) {
        return new FlowKey().wrap(FlowKey.TCP, inet(channel.localAddress()), inet(channel.remoteAddress()));
    }

    static InetSocketAddress inet(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet ? inet : NONE;
    }
}
