package io.foreshard.flowshaper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowshaper.scheduling.FlowClass;
import io.foreshard.flowshaper.scheduling.SchedulerConfig;
import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.FlowView;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Real event loops and sockets: four loops share the rate of one bottleneck. */
class SeveralLoopsTest {

    private static final int LOOPS = 4;
    private static final double RATE = 400_000;
    private static final int BYTES = 1000;
    private static final int PACKETS = 40;
    /** On a busy machine packets may wait longer than the half second of the default, and be dropped for it. */
    private static final SchedulerConfig PATIENT = new SchedulerConfig(
            List.of(new FlowClass("patient", 1, Duration.ofMinutes(1))),
            SchedulerConfig.DEFAULT.maxFlows(),
            SchedulerConfig.DEFAULT.idleTimeout(),
            SchedulerConfig.DEFAULT.queueBytes(),
            SchedulerConfig.DEFAULT.flowQueueBytes(),
            SchedulerConfig.DEFAULT.catchUp());

    private static final class FixedRate implements DelayCalculator {
        @Override
        public double rateBytesPerSecond(BottleneckView bottleneck, long nowNanos) {
            return RATE;
        }

        @Override
        public long delayNanos(FlowView flow, BottleneckView bottleneck) {
            return 0;
        }
    }

    @Test
    void loopsTogetherNeverExceedTheRateAndAllPacketsLeave() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(LOOPS + 1, NioIoHandler.newFactory());
        try {
            Channel sink = bind(group, new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object message) {
                    ((DatagramPacket) message).release();
                }
            });
            InetSocketAddress server = (InetSocketAddress) sink.localAddress();
            FlowShaper shaper = FlowShaper.builder(group.next())
                    .scheduler(PATIENT)
                    .calculator(name -> new FixedRate())
                    .step(Duration.ofMillis(5))
                    .build();
            Bottleneck bottleneck = shaper.bottleneck("server", server);
            List<Channel> senders = new ArrayList<>();
            for (int index = 0; index < LOOPS; index++) {
                senders.add(bind(group, shaper.datagramHandler(to -> bottleneck)));
            }
            awaitLimit(bottleneck);

            long before = System.nanoTime();
            int failed = 0;
            List<Future<?>> writes = new ArrayList<>();
            for (int number = 0; number < PACKETS; number++) {
                for (Channel sender : senders) {
                    writes.add(sender.writeAndFlush(
                            new DatagramPacket(Unpooled.buffer(BYTES).writeZero(BYTES), server)));
                }
            }
            for (Future<?> write : writes) {
                failed += write.await().isSuccess() ? 0 : 1;
            }
            double seconds = (System.nanoTime() - before) / 1e9;

            assertEquals(0, failed);
            // The first packet of each loop finds nothing to wait for, and each loop may make up for 5 ms.
            double most = RATE * (seconds + 0.005) + 2.0 * LOOPS * BYTES;
            assertTrue((double) LOOPS * PACKETS * BYTES <= most, () -> "all left in " + seconds + " s");
            shaper.close();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private static void awaitLimit(Bottleneck bottleneck) {
        while (bottleneck.report().rateBytesPerSecond() != RATE) {
            Thread.onSpinWait();
        }
    }

    private static Channel bind(EventLoopGroup group, ChannelHandler handler) throws Exception {
        return new Bootstrap()
                .group(group)
                .channel(NioDatagramChannel.class)
                .handler(handler)
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }
}
