package io.foreshard.flowshaper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshard.flowshaper.spi.DelayCalculator;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KernelPacingTest {

    private static final IntegerUnixChannelOption OPTION = new IntegerUnixChannelOption("SO_MAX_PACING_RATE", 1, 47);

    @Test
    void theKernelIsToldTheRateButNoneAtWhichASegmentWouldWaitForHours() throws Exception {
        assumeTrue(Epoll.isAvailable(), "skipped: epoll is not there");
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try {
            Channel server = new ServerBootstrap()
                    .group(group)
                    .channel(EpollServerSocketChannel.class)
                    .childHandler(new ChannelInboundHandlerAdapter())
                    .bind(InetAddress.getLoopbackAddress(), 0)
                    .sync()
                    .channel();
            Channel client = new Bootstrap()
                    .group(group)
                    .channel(EpollSocketChannel.class)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(server.localAddress())
                    .sync()
                    .channel();
            KernelPacing pacing = new KernelPacing();
            assertEquals("", pacing.unavailabilityReason(client));
            assertEquals(5_000_000, paced(pacing, client, 5e6));
            assertEquals(10_000, paced(pacing, client, 1));
            assertEquals(-1, paced(pacing, client, 1e12));
            assertEquals(-1, paced(pacing, client, DelayCalculator.UNLIMITED));
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private static int paced(KernelPacing pacing, Channel channel, double bytesPerSecond) {
        pacing.pace(channel, bytesPerSecond);
        return channel.config().getOption(OPTION);
    }

    @Test
    void otherChannelsAreRefusedWithAReason() {
        assertFalse(
                new KernelPacing().unavailabilityReason(new EmbeddedChannel()).isEmpty());
    }
}
