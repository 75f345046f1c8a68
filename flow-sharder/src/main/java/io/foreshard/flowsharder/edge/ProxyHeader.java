package io.foreshard.flowsharder.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageEncoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Who is at the other end of a connection, as the first bytes of a stream (PROXY protocol, version 2). */
final class ProxyHeader {

    private ProxyHeader() {}

    /** Returns the header, which belongs to the caller. */
    static ByteBuf of(Channel connection) {
        HAProxyMessage message = connection.remoteAddress() instanceof InetSocketAddress from
                        && connection.localAddress() instanceof InetSocketAddress to
                        && !from.isUnresolved()
                        && !to.isUnresolved()
                ? between(from, to)
                : unknown();
        EmbeddedChannel encoder = new EmbeddedChannel(HAProxyMessageEncoder.INSTANCE);
        encoder.config().setAllocator(connection.alloc());
        try {
            encoder.writeOutbound(message);
            ByteBuf header = encoder.readOutbound();
            return header;
        } finally {
            encoder.finishAndReleaseAll();
        }
    }

    private static HAProxyMessage between(InetSocketAddress from, InetSocketAddress to) {
        boolean six = from.getAddress() instanceof Inet6Address || to.getAddress() instanceof Inet6Address;
        return new HAProxyMessage(
                HAProxyProtocolVersion.V2,
                HAProxyCommand.PROXY,
                six ? HAProxyProxiedProtocol.TCP6 : HAProxyProxiedProtocol.TCP4,
                name(from.getAddress(), six),
                name(to.getAddress(), six),
                from.getPort(),
                to.getPort());
    }

    /** Both addresses are of one family: one of version 4 is written as one of version 6 where the other is that. */
    private static String name(InetAddress address, boolean six) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String bare = zone < 0 ? text : text.substring(0, zone);
        return six && !(address instanceof Inet6Address) ? "::ffff:" + bare : bare;
    }

    private static HAProxyMessage unknown() {
        return new HAProxyMessage(
                HAProxyProtocolVersion.V2, HAProxyCommand.LOCAL, HAProxyProxiedProtocol.UNKNOWN, null, null, 0, 0);
    }
}
