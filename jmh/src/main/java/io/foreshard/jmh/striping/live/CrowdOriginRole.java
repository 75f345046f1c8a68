package io.foreshard.jmh.striping.live;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import java.io.IOException;

/** Answers what comes over many connections with the same bytes, inverted: so nobody on the way can pass for it. */
final class CrowdOriginRole {

    private static final int BACKLOG = 4096;

    private CrowdOriginRole() {}

    /**
     * Runs the program.
     *
     * @param arguments the port
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()))
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new Inverting())
                .bind(Integer.parseInt(arguments[0]))
                .sync();
        Console.serve((name, rest) -> switch (name) {
            case "ready" -> "yes";
            default -> throw new IllegalArgumentException(name);
        });
    }

    @Sharable
    private static final class Inverting extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            for (int i = bytes.readerIndex(); i < bytes.writerIndex(); i++) {
                bytes.setByte(i, ~bytes.getByte(i));
            }
            context.write(bytes, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
