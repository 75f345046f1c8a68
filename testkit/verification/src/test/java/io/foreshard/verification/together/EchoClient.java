package io.foreshard.verification.together;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Sends pieces over a TCP connection to an echo, the next one when the last has come back, and compares each byte. */
final class EchoClient extends ChannelInboundHandlerAdapter {

    private final int mostBytes;
    private final SplittableRandom random;
    private final AtomicLong rounds = new AtomicLong();
    private byte[] expected = {};
    private int came;
    private volatile boolean stops;
    private volatile boolean idle;
    private volatile String fault = "";

    EchoClient(long seed, int mostBytes) {
        this.mostBytes = mostBytes;
        random = new SplittableRandom(seed);
    }

    /** Accepts connections and sends back what they bring. */
    static Channel echo(Shared shared) throws InterruptedException {
        return new ServerBootstrap()
                .group(shared.group())
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.ALLOCATOR, shared.allocator())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Echo());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.write(message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            context.channel().config().setAutoRead(context.channel().isWritable());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** Connects and begins; a handler in front of it may hold what is written. */
    Channel connect(Shared shared, InetSocketAddress to, @Nullable ChannelHandler front) throws InterruptedException {
        return new Bootstrap()
                .group(shared.group())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.ALLOCATOR, shared.allocator())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (front != null) {
                            channel.pipeline().addLast(front);
                        }
                        channel.pipeline().addLast(EchoClient.this);
                    }
                })
                .connect(to)
                .sync()
                .channel();
    }

    long rounds() {
        return rounds.get();
    }

    String fault() {
        return fault;
    }

    /** Sends nothing new, and waits for what is under way. */
    void finish() throws InterruptedException {
        stops = true;
        for (int i = 0; i < 400 && !idle && fault.isEmpty(); i++) {
            Thread.sleep(50);
        }
        if (!idle && fault.isEmpty()) {
            fault = "the last piece did not come back: " + came + " of " + expected.length + " bytes";
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        next(context);
    }

    private void next(ChannelHandlerContext context) {
        if (stops) {
            idle = true;
            return;
        }
        expected = new byte[1 + random.nextInt(mostBytes)];
        random.nextBytes(expected);
        came = 0;
        ByteBuf piece = context.alloc().buffer(expected.length).writeBytes(expected);
        context.writeAndFlush(piece);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        int length = bytes.readableBytes();
        boolean same = came + length <= expected.length && bytes.equals(Unpooled.wrappedBuffer(expected, came, length));
        bytes.release();
        came += length;
        if (!same) {
            fault = "other bytes came than were sent, in round " + rounds;
            context.close();
        } else if (came == expected.length) {
            rounds.incrementAndGet();
            next(context);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (!idle && fault.isEmpty()) {
            fault = "the connection ended in round " + rounds;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fault = cause.toString();
        context.close();
    }
}
