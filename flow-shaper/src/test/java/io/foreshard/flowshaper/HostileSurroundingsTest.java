package io.foreshard.flowshaper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.coreapi.TelemetrySource;
import io.foreshard.flowshaper.scheduling.FlowClass;
import io.foreshard.flowshaper.scheduling.SchedulerConfig;
import io.foreshard.flowshaper.scheduling.ShaperReason;
import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.FlowView;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipelineException;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultAddressedEnvelope;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Routes, telemetry, listeners, other handlers and control loops that do not behave. */
class HostileSurroundingsTest {

    private record Law(ToDoubleFunction<BottleneckView> rate) implements DelayCalculator {
        @Override
        public double rateBytesPerSecond(BottleneckView bottleneck, long nowNanos) {
            return rate.applyAsDouble(bottleneck);
        }

        @Override
        public long delayNanos(FlowView flow, BottleneckView bottleneck) {
            return 0;
        }
    }

    private static ByteBuf bytes(int length) {
        return Unpooled.buffer(length).writeZero(length);
    }

    private static DatagramPacket packet(int port) {
        return new DatagramPacket(bytes(1000), new InetSocketAddress("10.0.0.2", port));
    }

    private static int sent(ShaperBench bench) {
        return bench.channel.outboundMessages().size();
    }

    @Test
    void aRouteThatThrowsOrNamesAStrangerCostsItsPacketAlone() {
        try (ShaperBench bench = new ShaperBench();
                ShaperBench other = new ShaperBench()) {
            bench.with(bench.shaper.datagramHandler(to -> {
                if (to.getPort() == 1) {
                    throw new IllegalStateException("route");
                }
                return to.getPort() == 2 ? other.bottleneck : bench.bottleneck;
            }));
            bench.channel.writeAndFlush(packet(80));
            bench.limitedTo(1000);
            assertTrue(bench.channel.writeAndFlush(packet(1)).isSuccess());
            assertTrue(bench.channel.writeAndFlush(packet(2)).isSuccess());
            assertEquals(2, bench.shaper.count(ShaperReason.ROUTE_FAILED));
            bench.channel.writeAndFlush(packet(80));
            assertFalse(bench.channel.writeAndFlush(packet(80)).isDone());
            assertEquals(0, bench.shaper.count(ShaperReason.FAILED_OPEN));
        }
    }

    @Test
    void aRouteThatStillNamesARemovedBottleneckEndsNothing() {
        try (ShaperBench bench = new ShaperBench()) {
            Bottleneck gone = bench.shaper.bottleneck("gone", ShaperBench.SERVER);
            bench.with(bench.shaper.datagramHandler(to -> to.getPort() == 80 ? bench.bottleneck : gone));
            bench.channel.writeAndFlush(packet(81));
            bench.limitedTo(1000);
            bench.channel.writeAndFlush(packet(81));
            ChannelFuture queued = bench.channel.writeAndFlush(packet(81));
            assertFalse(queued.isDone());
            bench.shaper.remove(gone);
            bench.runFor(Duration.ofMillis(1));
            assertTrue(queued.isSuccess());
            bench.channel.writeAndFlush(packet(80));
            assertTrue(bench.channel.writeAndFlush(packet(81)).isSuccess());
            assertFalse(bench.channel.writeAndFlush(packet(80)).isDone());
        }
    }

    @Test
    void envelopesOtherThanDatagramPacketsAreShapedToo() {
        try (ShaperBench bench = new ShaperBench().datagrams().limitedTo(1000)) {
            for (int index = 0; index < 3; index++) {
                bench.channel.writeAndFlush(new DefaultAddressedEnvelope<>(bytes(1000), ShaperBench.SERVER));
            }
            assertEquals(1, sent(bench));
        }
    }

    @Test
    void listenersThatWriteElsewhereWhenAWriteFailsDoNotKeepAChannelOpen() {
        try (ShaperBench bench = new ShaperBench()) {
            List<Bottleneck> bottlenecks = new ArrayList<>();
            for (int index = 0; index < 20; index++) {
                bottlenecks.add(bench.shaper.bottleneck("b" + index, ShaperBench.SERVER));
            }
            bench.with(bench.shaper.datagramHandler(to -> bottlenecks.get(to.getPort())));
            for (int index = 0; index < 10; index++) {
                bench.channel.writeAndFlush(packet(index));
            }
            bench.limitedTo(1);
            List<ByteBuf> buffers = new ArrayList<>();
            List<ChannelFuture> futures = new ArrayList<>();
            for (int index = 0; index < 20; index++) {
                DatagramPacket packet = packet(index % 10);
                buffers.add(packet.content());
                int elsewhere = 10 + index % 10;
                ChannelFuture written = bench.channel.writeAndFlush(packet);
                written.addListener(done -> {
                    if (!done.isSuccess()) {
                        futures.add(bench.channel.writeAndFlush(packet(elsewhere)));
                    }
                });
                futures.add(written);
            }
            bench.channel.close();
            bench.runFor(Duration.ofMillis(1));
            assertFalse(bench.channel.isOpen());
            assertTrue(futures.stream().allMatch(ChannelFuture::isDone));
            bench.channel.releaseOutbound();
            assertTrue(buffers.stream().allMatch(buffer -> buffer.refCnt() == 0));
        }
    }

    @Test
    void nothingFollowsInAStreamWhatWasRefusedThoughClosingTakesTime() {
        SchedulerConfig small = new SchedulerConfig(
                List.of(FlowClass.DEFAULT), 100, Duration.ofSeconds(30), 64 << 10, 64 << 10, Duration.ZERO);
        try (ShaperBench bench = new ShaperBench(builder -> builder.scheduler(small))) {
            bench.channel.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
                @Override
                public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
                    ctx.executor().schedule(() -> ctx.close(promise), 1, TimeUnit.SECONDS);
                }
            });
            bench.stream().limitedTo(1000);
            List<ChannelFuture> futures = new ArrayList<>();
            for (int index = 0; index < 80; index++) {
                futures.add(bench.channel.writeAndFlush(bytes(1000)));
            }
            assertTrue(bench.channel.isOpen());
            int before = sent(bench);
            futures.add(bench.channel.writeAndFlush(bytes(1)));
            bench.runFor(Duration.ofMillis(900));
            assertEquals(before, sent(bench));
            assertTrue(futures.stream().allMatch(ChannelFuture::isDone));
            assertEquals(1, bench.shaper.count(ShaperReason.QUEUE_FULL));
        }
    }

    @Test
    void aChannelThatLeavesItsEventLoopIsNotShapedAnyMore() {
        for (boolean stream : new boolean[] {true, false}) {
            try (ShaperBench bench = new ShaperBench()) {
                (stream ? bench.stream() : bench.datagrams()).limitedTo(1000);
                for (int index = 0; index < 3; index++) {
                    bench.channel.write(stream ? bytes(1000) : packet(80));
                }
                bench.channel.deregister();
                bench.channel.flush();
                assertEquals(3, sent(bench));
                bench.channel.writeAndFlush(stream ? bytes(1000) : packet(80));
                assertEquals(4, sent(bench));
            }
        }
    }

    @Test
    @SuppressWarnings("deprecation") // As long as Netty has it, somebody does it.
    void aHandlerOnAnotherExecutorIsRefusedAndTheTrafficGoesOn() throws Exception {
        DefaultEventExecutorGroup elsewhere = new DefaultEventExecutorGroup(1);
        try (ShaperBench bench = new ShaperBench()) {
            bench.channel.pipeline().addLast(elsewhere, "shaper", bench.shaper.streamHandler(bench.bottleneck));
            elsewhere.next().submit(() -> {}).sync();
            bench.runFor(Duration.ofMillis(1));
            assertThrows(ChannelPipelineException.class, bench.channel::checkException);
            assertNull(bench.channel.pipeline().get("shaper"));
            bench.channel.writeAndFlush(bytes(10));
            assertEquals(1, sent(bench));
        } finally {
            elsewhere.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void aControlStepThatBreaksEndsOneBottleneckAndNotTheOthers() {
        TelemetrySource[] source = {(destination, nowNanos) -> null};
        try (ShaperBench bench = new ShaperBench(builder ->
                        builder.telemetry((destination, nowNanos) -> source[0].latest(destination, nowNanos)))
                .stream().limitedTo(1000)) {
            source[0] = (destination, nowNanos) -> {
                throw new StackOverflowError();
            };
            bench.channel.writeAndFlush(bytes(1000));
            ChannelFuture queued = bench.channel.writeAndFlush(bytes(1000));
            bench.runFor(Duration.ofMillis(100));
            assertFalse(queued.isDone());
            assertTrue(bench.shaper.count(ShaperReason.TELEMETRY_FAILED) >= 9);
            bench.rate = Double.POSITIVE_INFINITY;
            bench.runFor(Duration.ofMillis(30));
            assertTrue(queued.isSuccess());
        }
    }

    @Test
    void aControlLoopThatEndsLeavesNoRateInForce() {
        EmbeddedChannel control = new EmbeddedChannel();
        try (ShaperBench bench = new ShaperBench()) {
            FlowShaper shaper = FlowShaper.builder(control.eventLoop())
                    .calculator(name -> new Law(view -> 1000))
                    .build();
            Bottleneck bottleneck = shaper.bottleneck("server", ShaperBench.SERVER);
            bench.with(shaper.streamHandler(bottleneck));
            for (int step = 0; step < 5; step++) {
                control.advanceTimeBy(10, TimeUnit.MILLISECONDS);
                control.runScheduledPendingTasks();
                bench.runFor(Duration.ofMillis(1));
            }
            bench.channel.writeAndFlush(bytes(1000));
            assertFalse(bench.channel.writeAndFlush(bytes(1000)).isDone());
            shaper.endSteps();
            control.runPendingTasks();
            bench.runFor(Duration.ofMillis(1));
            assertEquals(2, sent(bench));
            bench.channel.pipeline().addFirst(shaper.streamHandler(bottleneck));
            assertTrue(bench.channel.writeAndFlush(bytes(1000)).isSuccess());
        } finally {
            control.finishAndReleaseAll();
        }
    }

    @Test
    void aLoopThatWasHeldUpDoesNotMakeUpForTheStepsThatItMissed() {
        int[] steps = new int[1];
        try (ShaperBench bench = new ShaperBench(builder -> builder.calculator(name -> new Law(view -> {
            steps[0]++;
            return DelayCalculator.UNLIMITED;
        })))) {
            bench.runFor(Duration.ofMillis(55));
            assertEquals(5, steps[0]);
            bench.ticker.advance(10, TimeUnit.SECONDS);
            bench.channel.runScheduledPendingTasks();
            assertEquals(6, steps[0]);
        }
    }

    @Test
    void aCalculatorThatReplacesASlowOneIsGivenItsChance() {
        try (ShaperBench bench = new ShaperBench().stream()) {
            bench.bottleneck.calculator(new Law(view -> {
                bench.ticker.advance(8, TimeUnit.MILLISECONDS);
                return 1000;
            }));
            bench.runFor(Duration.ofMillis(200));
            assertEquals(3, bench.shaper.count(ShaperReason.CALCULATOR_SLOW));
            assertEquals(DelayCalculator.UNLIMITED, bench.bottleneck.report().rateBytesPerSecond());
            bench.bottleneck.calculator(new Law(view -> 1000));
            bench.runFor(Duration.ofMillis(50));
            assertEquals(1000, bench.bottleneck.report().rateBytesPerSecond());
        }
    }

    @Test
    void anAbsurdlySmallRateIsNoUnlimitedOne() {
        try (ShaperBench bench = new ShaperBench().stream().limitedTo(Double.MIN_VALUE)) {
            for (int index = 0; index < 5; index++) {
                bench.channel.writeAndFlush(bytes(1000));
            }
            bench.runFor(Duration.ofMillis(100));
            assertEquals(1, sent(bench));
        }
    }

    @Test
    void newClassesReachLoopsThatComeLater() {
        try (ShaperBench bench = new ShaperBench()) {
            bench.delayNanos = Duration.ofMinutes(1).toNanos();
            bench.shaper.reclass(List.of(new FlowClass("hasty", 1, Duration.ofMillis(10))));
            bench.stream();
            ChannelFuture written = bench.channel.writeAndFlush(bytes(10));
            bench.runFor(Duration.ofMillis(12));
            assertTrue(written.isSuccess());
        }
    }
}
