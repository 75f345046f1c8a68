package io.foreshard.examples.gateway;

import io.foreshard.examples.harness.Transports;
import io.foreshard.flowshaper.Bottleneck;
import io.foreshard.flowshaper.FlowShaper;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy with a listening port for each server: a connection of a client is a connection to the server, so that to the shaper each
 * client is a flow.
 */
final class Gateway implements AutoCloseable {

    private static final int BACKLOG = 512;

    private final EventLoopGroup group;
    private final @Nullable FlowShaper shaper;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    /**
     * Makes a gateway without a port.
     *
     * @param shaper holds back what is sent to servers, null for nothing
     */
    Gateway(EventLoopGroup group, @Nullable FlowShaper shaper) {
        this.group = group;
        this.shaper = shaper;
    }

    /**
     * Listens on behalf of a server.
     *
     * @param server where the server is reached
     * @param bottleneck what the shaper calls the way there, null without a shaper
     * @return where clients connect to
     */
    InetSocketAddress listen(InetSocketAddress server, @Nullable Bottleneck bottleneck, Traffic traffic) {
        Channel listener = new ServerBootstrap()
                .group(group)
                .channelFactory(Transports.listeners())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        channels.add(client);
                        client.pipeline().addLast(new ClientSide(server, back -> dress(back, bottleneck), traffic));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        channels.add(listener);
        return (InetSocketAddress) listener.localAddress();
    }

    /** The only line that the shaper takes in a pipeline. */
    private void dress(Channel back, @Nullable Bottleneck bottleneck) {
        if (shaper != null && bottleneck != null) {
            back.pipeline().addLast(shaper.streamHandler(bottleneck));
        }
    }

    /** Stops listening and closes all connections; the event loops stay. */
    @Override
    public void close() {
        channels.close().awaitUninterruptibly();
    }
}
