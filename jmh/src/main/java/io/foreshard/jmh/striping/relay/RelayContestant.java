package io.foreshard.jmh.striping.relay;

import io.foreshard.flowsharder.relay.Relay;
import io.foreshard.flowsharder.relay.RelayBuilder;
import io.foreshard.flowsharder.relay.RelayMode;
import io.foreshard.flowsharder.relay.RouteHeader;
import io.foreshard.flowsharder.relay.RouteKey;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Our relay with its defaults, on one event loop. */
final class RelayContestant {

    private static final long EXPIRY_SECONDS = 4_000_000_000L;

    private RelayContestant() {}

    private static RouteKey key() {
        return new RouteKey(new byte[RouteKey.LEAST_BYTES]);
    }

    /** Returns what connections to it begin with. */
    static byte[] header(int sinkPort) {
        RouteHeader header = key().sign(RouteHeader.to("127.0.0.1:" + sinkPort, EXPIRY_SECONDS, 1, 2));
        ByteBuf out = Unpooled.buffer(header.bytes(), header.bytes());
        header.write(out);
        return out.array();
    }

    /**
     * Runs the program.
     *
     * @param arguments the {@link RelayMode}; the port
     */
    public static void main(String[] arguments) throws InterruptedException {
        var group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        RelayBuilder builder = Relay.builder(group, key())
                .mode(RelayMode.valueOf(arguments[0]))
                .localAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1])));
        Relay relay = builder.start().sync().getNow();
        System.out.println(relay.capabilities());
    }
}
