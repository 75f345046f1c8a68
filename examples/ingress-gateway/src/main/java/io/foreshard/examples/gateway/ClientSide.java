package io.foreshard.examples.gateway;

import io.foreshard.examples.harness.Transports;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes on what a client sends, and reads no more of it than the way to the server takes. */
final class ClientSide extends ChannelInboundHandlerAdapter {

    private final InetSocketAddress server;
    private final Consumer<Channel> dressing;
    private final Traffic traffic;
    private @Nullable Channel back;

    ClientSide(InetSocketAddress server, Consumer<Channel> dressing, Traffic traffic) {
        this.server = server;
        this.dressing = dressing;
        this.traffic = traffic;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        Channel client = ctx.channel();
        ChannelFuture connecting = new Bootstrap()
                .group(client.eventLoop())
                .channelFactory(Transports.streams())
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        // Next to the socket, so that nothing of ours comes between the shaper and the wire.
                        dressing.accept(channel);
                        channel.pipeline().addLast(new ServerSide(client, traffic));
                    }
                })
                .connect(server);
        back = connecting.channel();
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                client.config().setAutoRead(true);
            } else {
                client.close();
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        Channel to = back;
        if (to == null) {
            bytes.release();
            return;
        }
        int count = bytes.readableBytes();
        traffic.took(count);
        to.writeAndFlush(bytes).addListener(written -> {
            if (written.isSuccess()) {
                traffic.sent(count);
            } else {
                traffic.lost(count);
            }
        });
        if (!to.isWritable()) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (back != null) {
            back.config().setAutoRead(ctx.channel().isWritable());
        }
        ctx.fireChannelWritabilityChanged();
    }

    /** A client that is gone takes with it what still waits for the server. */
    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (back != null) {
            back.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
