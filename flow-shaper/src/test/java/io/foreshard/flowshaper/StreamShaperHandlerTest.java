package io.foreshard.flowshaper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowshaper.scheduling.FlowClass;
import io.foreshard.flowshaper.scheduling.SchedulerConfig;
import io.foreshard.flowshaper.scheduling.ShaperReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StreamShaperHandlerTest {

    @Test
    void withoutALimitTheSameObjectPassesAtOnce() {
        try (ShaperBench bench = new ShaperBench().stream()) {
            ByteBuf message = Unpooled.buffer(100_000).writeZero(100_000);
            ChannelFuture written = bench.channel.writeAndFlush(message);
            assertTrue(written.isSuccess());
            assertSame(message, bench.channel.outboundMessages().peek());
        }
    }

    @Test
    void bytesLeaveAtTheRateInPiecesAndInOrder() {
        try (ShaperBench bench =
                new ShaperBench(builder -> builder.chunkBytes(1000)).stream().limitedTo(1e6)) {
            ByteBuf message = Unpooled.buffer(100_000);
            for (int index = 0; index < 25_000; index++) {
                message.writeInt(index);
            }
            ChannelFuture written = bench.channel.writeAndFlush(message);
            bench.runFor(Duration.ofMillis(50));
            assertFalse(written.isDone());
            assertTrue(Math.abs(bytes(bench) - 51_000) <= 2000, () -> bytes(bench) + " bytes left");
            bench.runFor(Duration.ofMillis(60));
            assertTrue(written.isSuccess());
            ByteBuf all = Unpooled.buffer();
            for (ByteBuf part = bench.channel.readOutbound(); part != null; part = bench.channel.readOutbound()) {
                all.writeBytes(part);
                part.release();
            }
            for (int index = 0; index < 25_000; index++) {
                assertEquals(index, all.readInt());
            }
            all.release();
        }
    }

    @Test
    void aPieceOfALongBufferIsAMillisecondOfTheRateWithinBounds() {
        assertEquals(1_400, firstPieceAt(1e5));
        assertEquals(4_000, firstPieceAt(4e6));
        assertEquals(16 << 10, firstPieceAt(1e9));
    }

    private static int firstPieceAt(double bytesPerSecond) {
        try (ShaperBench bench = new ShaperBench().stream().limitedTo(bytesPerSecond)) {
            bench.channel.writeAndFlush(Unpooled.buffer(100_000).writeZero(100_000));
            return ((ByteBuf) bench.channel.outboundMessages().element()).readableBytes();
        }
    }

    @Test
    void aSenderThatFillsTheQueueIsNotWritableUntilItHasDrained() {
        SchedulerConfig small = new SchedulerConfig(
                List.of(new FlowClass("patient", 1, Duration.ofMinutes(1))),
                100,
                Duration.ofSeconds(30),
                1 << 20,
                64 << 10,
                Duration.ofMillis(5));
        try (ShaperBench bench =
                new ShaperBench(builder -> builder.scheduler(small)).stream().limitedTo(1e6)) {
            int written = 0;
            while (bench.channel.isWritable()) {
                bench.channel.writeAndFlush(Unpooled.buffer(1000).writeZero(1000));
                written += 1000;
            }
            assertTrue(written <= 64 << 10);
            assertEquals(1, bench.shaper.count(ShaperReason.BACK_PRESSURE));
            bench.runFor(Duration.ofMillis(70));
            assertTrue(bench.channel.isWritable());
            assertEquals(written, bytes(bench));
        }
    }

    @Test
    void aSenderThatDoesNotPauseLosesItsChannelAndNothingLeaks() {
        SchedulerConfig small = new SchedulerConfig(
                List.of(FlowClass.DEFAULT), 100, Duration.ofSeconds(30), 64 << 10, 64 << 10, Duration.ofMillis(5));
        try (ShaperBench bench =
                new ShaperBench(builder -> builder.scheduler(small)).stream().limitedTo(1000)) {
            ChannelFuture refused = null;
            for (int index = 0; index < 100 && bench.channel.isOpen(); index++) {
                refused = bench.channel.writeAndFlush(Unpooled.buffer(1000).writeZero(1000));
            }
            assertFalse(bench.channel.isOpen());
            ShapedOutException cause = assertInstanceOf(ShapedOutException.class, refused.cause());
            assertEquals(ShaperReason.QUEUE_FULL, cause.reason());
        }
    }

    @Test
    void removingTheHandlerSendsWhatWaits() {
        try (ShaperBench bench = new ShaperBench().stream().limitedTo(1000)) {
            ChannelFuture last = null;
            for (int index = 0; index < 10; index++) {
                last = bench.channel.writeAndFlush(Unpooled.buffer(1000).writeZero(1000));
            }
            assertFalse(last.isDone());
            bench.channel.pipeline().remove("shaper");
            assertTrue(last.isSuccess());
            assertEquals(10_000, bytes(bench));
        }
    }

    @Test
    void closingTheChannelFailsEveryPromiseAndReleasesEveryBuffer() {
        try (ShaperBench bench = new ShaperBench().stream().limitedTo(1000)) {
            ByteBuf[] buffers = tenBuffers();
            ChannelFuture[] futures = write(bench, buffers);
            bench.channel.close();
            for (int index = 1; index < 10; index++) {
                assertEquals(0, buffers[index].refCnt());
                assertFalse(futures[index].isSuccess());
                assertTrue(futures[index].isDone());
            }
            assertEquals(9, bench.shaper.count(ShaperReason.CLOSED));
        }
    }

    @Test
    void shuttingDownTheOutputFailsWhatWaitsAtOnceAndFreesItsShare() {
        try (ShaperBench bench = new ShaperBench().stream().limitedTo(1000)) {
            ByteBuf[] buffers = tenBuffers();
            ChannelFuture[] futures = write(bench, buffers);
            bench.channel.pipeline().fireUserEventTriggered(ChannelOutputShutdownEvent.INSTANCE);
            for (int index = 1; index < 10; index++) {
                assertEquals(0, buffers[index].refCnt());
                ShapedOutException cause = assertInstanceOf(ShapedOutException.class, futures[index].cause());
                assertEquals(ShaperReason.CLOSED, cause.reason());
            }
            bench.runFor(Duration.ofMillis(20));
            assertEquals(0, bench.bottleneck.report().backlogBytes());
            assertTrue(bench.channel.isOpen());
        }
    }

    @Test
    void closingTheShaperSendsWhatWaitsAndLimitsNothingAnyMore() {
        try (ShaperBench bench = new ShaperBench().stream().limitedTo(1000)) {
            for (int index = 0; index < 10; index++) {
                bench.channel.writeAndFlush(Unpooled.buffer(1000).writeZero(1000));
            }
            bench.shaper.close();
            bench.runFor(Duration.ofMillis(1));
            assertEquals(10_000, bytes(bench));
            assertTrue(bench.channel
                    .writeAndFlush(Unpooled.buffer(1000).writeZero(1000))
                    .isSuccess());
        }
    }

    private static long bytes(ShaperBench bench) {
        return bench.channel.outboundMessages().stream()
                .mapToLong(message -> ((ByteBuf) message).readableBytes())
                .sum();
    }

    private static ByteBuf[] tenBuffers() {
        return Stream.generate(() -> Unpooled.buffer(1000).writeZero(1000))
                .limit(10)
                .toArray(ByteBuf[]::new);
    }

    private static ChannelFuture[] write(ShaperBench bench, ByteBuf... buffers) {
        return Arrays.stream(buffers).map(bench.channel::writeAndFlush).toArray(ChannelFuture[]::new);
    }
}
