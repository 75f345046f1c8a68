package io.foreshard.jmh.striping.relay;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** A proxy in the shape of Netty's example of that name: one read, one write with a flush, the next read when that is through. */
final class HexDumpProxyContestant {

    private HexDumpProxyContestant() {}

    /**
     * Runs the program.
     *
     * @param arguments the port; the port to which it passes all on
     */
    public static void main(String[] arguments) throws InterruptedException {
        int targetPort = Integer.parseInt(arguments[1]);
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()))
                .channel(EpollServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Front(targetPort));
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(arguments[0]))
                .sync();
    }

    private abstract static class Side extends ChannelInboundHandlerAdapter {

        abstract @Nullable Channel other();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            Channel other = other();
            if (other == null || !other.isActive()) {
                ReferenceCountUtil.release(message);
                return;
            }
            other.writeAndFlush(message).addListener((ChannelFutureListener) done -> {
                if (done.isSuccess()) {
                    ctx.read();
                } else {
                    done.channel().close();
                }
            });
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            Channel other = other();
            if (other != null) {
                other.close();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    private static final class Front extends Side {

        private final int targetPort;
        private @Nullable Channel back;

        Front(int targetPort) {
            this.targetPort = targetPort;
        }

        @Override
        @Nullable
        Channel other() {
            return back;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            back = new Bootstrap()
                    .group(ctx.channel().eventLoop())
                    .channel(EpollSocketChannel.class)
                    .option(ChannelOption.AUTO_READ, false)
                    .handler(new Back(ctx.channel()))
                    .connect("127.0.0.1", targetPort)
                    .addListener(done -> {
                        if (done.isSuccess()) {
                            ctx.read();
                        } else {
                            ctx.close();
                        }
                    })
                    .channel();
        }
    }

    private static final class Back extends Side {

        private final Channel front;

        Back(Channel front) {
            this.front = front;
        }

        @Override
        Channel other() {
            return front;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            ctx.read();
        }
    }
}
