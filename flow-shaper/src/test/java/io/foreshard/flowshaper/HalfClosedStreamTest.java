package io.foreshard.flowshaper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.FlowView;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A real socket whose output is shut down while writes wait for a rate at which they would never leave. */
class HalfClosedStreamTest {

    private record Crawl() implements DelayCalculator {
        @Override
        public double rateBytesPerSecond(BottleneckView bottleneck, long nowNanos) {
            return 1;
        }

        @Override
        public long delayNanos(FlowView flow, BottleneckView bottleneck) {
            return 0;
        }
    }

    @Test
    void everyPromiseCompletesAndTheOtherDirectionStaysOpen() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            Channel server = new ServerBootstrap()
                    .group(group)
                    .channel(NioServerSocketChannel.class)
                    .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                    .childHandler(new ChannelInboundHandlerAdapter())
                    .bind(InetAddress.getLoopbackAddress(), 0)
                    .sync()
                    .channel();
            FlowShaper shaper = FlowShaper.builder(group.next())
                    .calculator(name -> new Crawl())
                    .build();
            InetSocketAddress address = (InetSocketAddress) server.localAddress();
            Bottleneck bottleneck = shaper.bottleneck("server", address);
            while (bottleneck.report().rateBytesPerSecond() != 1) {
                Thread.onSpinWait();
            }
            SocketChannel channel = (SocketChannel) new Bootstrap()
                    .group(group)
                    .channel(NioSocketChannel.class)
                    .handler(shaper.streamHandler(bottleneck))
                    .connect(address)
                    .sync()
                    .channel();
            List<ChannelFuture> writes = new ArrayList<>();
            for (int index = 0; index < 5; index++) {
                writes.add(channel.writeAndFlush(Unpooled.buffer(5000).writeZero(5000)));
            }
            channel.shutdownOutput().sync();
            writes.add(channel.writeAndFlush(Unpooled.buffer(10).writeZero(10)));
            for (ChannelFuture write : writes) {
                assertTrue(write.await(10, TimeUnit.SECONDS));
                assertFalse(write.isSuccess());
            }
            assertInstanceOf(ShapedOutException.class, writes.get(4).cause());
            assertTrue(channel.isOpen());
            assertFalse(channel.isInputShutdown());
            assertEquals(
                    5,
                    writes.stream()
                            .filter(write -> write.cause() instanceof ShapedOutException)
                            .count());
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }
}
