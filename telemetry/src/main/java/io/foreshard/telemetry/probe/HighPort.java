package io.foreshard.telemetry.probe;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.DatagramChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Binds a datagram channel to a random dynamic port (RFC 6335), which a stranger has to guess. */
final class HighPort {

    private static final int FIRST = 49_152;
    private static final int END = 65_536;
    private static final int ATTEMPTS = 16;

    private final ProbeCore core;
    private final ChannelFactory<? extends DatagramChannel> factory;
    private final @Nullable InetAddress address;
    private final Promise<Channel> bound;

    HighPort(
            ProbeCore core,
            @Nullable ChannelFactory<? extends DatagramChannel> factory,
            @Nullable InetAddress address) {
        this.core = core;
        this.factory = factory == null ? ProbeChannels.datagrams(core.loop) : factory;
        this.address = address;
        bound = core.loop.newPromise();
    }

    Future<Channel> bind() {
        core.loop.execute(() -> attempt(ATTEMPTS));
        return bound;
    }

    private void attempt(int left) {
        int port = core.random.nextInt(FIRST, END);
        ChannelFuture result = new Bootstrap()
                .group(core.loop)
                .channelFactory(factory)
                .handler(new Nothing())
                .bind(address == null ? new InetSocketAddress(port) : new InetSocketAddress(address, port));
        result.addListener(done -> core.inLoop(() -> tried(result, left)));
    }

    private void tried(ChannelFuture result, int left) {
        if (result.isSuccess()) {
            bound.setSuccess(result.channel());
        } else if (left > 1) {
            attempt(left - 1);
        } else {
            bound.setFailure(result.cause());
        }
    }

    /** A bootstrap wants a handler; the owner of the channel adds his own once it is bound. */
    private static final class Nothing extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {}
    }
}
