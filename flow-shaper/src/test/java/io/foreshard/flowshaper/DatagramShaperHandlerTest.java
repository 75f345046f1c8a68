package io.foreshard.flowshaper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowshaper.scheduling.ShaperReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatagramShaperHandlerTest {

    private static DatagramPacket packet(int sender, int bytes) {
        return new DatagramPacket(
                Unpooled.buffer(bytes).writeZero(bytes), ShaperBench.SERVER, new InetSocketAddress("10.1.0.1", sender));
    }

    @Test
    void withoutALimitTheSameObjectPassesAtOnce() {
        try (ShaperBench bench = new ShaperBench().datagrams()) {
            DatagramPacket message = packet(1, 500);
            bench.channel.writeAndFlush(message);
            assertSame(message, bench.channel.outboundMessages().peek());
        }
    }

    @Test
    void sendersAreKeptApartAlthoughTheyShareAChannel() {
        try (ShaperBench bench = new ShaperBench().datagrams().limitedTo(1e6)) {
            for (int index = 0; index < 200; index++) {
                bench.channel.writeAndFlush(packet(1, 1000));
            }
            bench.runFor(Duration.ofMillis(20));
            ChannelFuture mouse = bench.channel.writeAndFlush(packet(2, 100));
            assertFalse(mouse.isDone());
            bench.runFor(Duration.ofMillis(3));
            assertTrue(mouse.isSuccess());
        }
    }

    @Test
    void aDelayHoldsEachPacketThatLong() {
        try (ShaperBench bench = new ShaperBench().datagrams()) {
            bench.delayNanos = Duration.ofMillis(30).toNanos();
            ChannelFuture held = bench.channel.writeAndFlush(packet(1, 100));
            bench.runFor(Duration.ofMillis(29));
            assertFalse(held.isDone());
            bench.runFor(Duration.ofMillis(2));
            assertTrue(held.isSuccess());
        }
    }

    @Test
    void whatIsNotRoutedPasses() {
        try (ShaperBench bench = new ShaperBench()) {
            bench.with(bench.shaper.datagramHandler(recipient -> null)).limitedTo(1);
            for (int index = 0; index < 10; index++) {
                assertTrue(bench.channel.writeAndFlush(packet(1, 1000)).isSuccess());
            }
        }
    }

    @Test
    void whatBreaksTheShaperEndsTheShapingAndNotTheTraffic() {
        try (ShaperBench bench = new ShaperBench().datagrams().limitedTo(1000)) {
            bench.channel.writeAndFlush(packet(1, 1000));
            ChannelFuture queued = bench.channel.writeAndFlush(packet(1, 1000));
            ByteBuf odd = Unpooled.buffer(10);
            bench.channel.writeAndFlush(new DatagramPacket(odd, ShaperBench.SERVER) {
                @Override
                public InetSocketAddress sender() {
                    throw new IllegalStateException("sender");
                }
            });
            assertTrue(queued.isSuccess());
            assertEquals(1, odd.refCnt());
            assertEquals(1, bench.shaper.count(ShaperReason.FAILED_OPEN));
            assertTrue(bench.channel.writeAndFlush(packet(1, 1000)).isSuccess());
        }
    }

    @Test
    void whatIsDroppedFailsItsPromiseAndIsReleased() {
        try (ShaperBench bench = new ShaperBench().datagrams().limitedTo(1000)) {
            List<ChannelFuture> futures = new ArrayList<>();
            List<ByteBuf> buffers = new ArrayList<>();
            for (int index = 0; index < 50; index++) {
                DatagramPacket packet = packet(1, 100);
                buffers.add(packet.content());
                futures.add(bench.channel.writeAndFlush(packet));
            }
            bench.runFor(Duration.ofSeconds(5));
            long dropped = bench.shaper.count(ShaperReason.DELAY_BUDGET);
            assertTrue(dropped > 0);
            assertEquals(
                    dropped,
                    futures.stream()
                            .filter(each -> each.cause() instanceof ShapedOutException)
                            .count());
            assertEquals(
                    dropped, buffers.stream().filter(each -> each.refCnt() == 0).count());
            assertTrue(futures.stream().allMatch(ChannelFuture::isDone));
        }
    }

    @Test
    void refusesABottleneckOfAnotherShaperAndANameTwice() {
        try (ShaperBench bench = new ShaperBench();
                ShaperBench other = new ShaperBench()) {
            assertThrows(IllegalArgumentException.class, () -> bench.shaper.streamHandler(other.bottleneck));
            assertThrows(IllegalArgumentException.class, () -> bench.shaper.bottleneck("server", ShaperBench.SERVER));
            assertThrows(IllegalArgumentException.class, () -> bench.shaper.streamHandler(bench.bottleneck, 1));
        }
    }
}
