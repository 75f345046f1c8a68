package io.foreshard.flowshaper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.flowshaper.scheduling.FlowClass;
import io.foreshard.flowshaper.scheduling.SchedulerConfig;
import io.foreshard.flowshaper.scheduling.ShaperReason;
import io.foreshard.flowshaper.spi.BottleneckView;
import io.foreshard.flowshaper.spi.DelayCalculator;
import io.foreshard.flowshaper.spi.DelayMechanism;
import io.foreshard.flowshaper.spi.FlowView;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.channel.socket.DatagramPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of channels beside their packets: pacing beneath, full buffers, writability, marks and void promises. */
class ChannelDetailTest {

    private static final class Pacer implements DelayMechanism {
        final Map<Channel, Double> rates = new HashMap<>();
        boolean refuses;

        @Override
        public String name() {
            return "pacer";
        }

        @Override
        public String unavailabilityReason(Channel channel) {
            return "";
        }

        @Override
        public boolean queuesInProcess() {
            return false;
        }

        @Override
        public void pace(Channel channel, double bytesPerSecond) {
            if (refuses) {
                throw new IllegalStateException("pace");
            }
            rates.put(channel, bytesPerSecond);
        }
    }

    private record Fixed(double rate) implements DelayCalculator {
        @Override
        public double rateBytesPerSecond(BottleneckView bottleneck, long nowNanos) {
            return rate;
        }

        @Override
        public long delayNanos(FlowView flow, BottleneckView bottleneck) {
            return 0;
        }
    }

    /** A channel whose socket takes nothing while it is blocked. */
    private static final class Blocked extends EmbeddedChannel {
        boolean blocked = true;

        @Override
        protected void doWrite(ChannelOutboundBuffer buffer) throws Exception {
            if (!blocked) {
                super.doWrite(buffer);
            }
        }
    }

    private static ByteBuf bytes(int length) {
        return Unpooled.buffer(length).writeZero(length);
    }

    @Test
    void aRateIsHandedToTheMechanismBeneathAndTakenBack() {
        Pacer pacer = new Pacer();
        try (ShaperBench bench = new ShaperBench(builder -> builder.mechanisms(List.of(pacer)))
                .stream().limitedTo(1e6)) {
            assertEquals(1e6, pacer.rates.get(bench.channel));
            assertTrue(bench.channel.writeAndFlush(bytes(100_000)).isSuccess());
            bench.limitedTo(5e5);
            assertEquals(5e5, pacer.rates.get(bench.channel));
            bench.channel.pipeline().remove("shaper");
            assertEquals(Double.POSITIVE_INFINITY, pacer.rates.get(bench.channel));
        }
    }

    @Test
    void aStreamThatClosesKeepsItsPaceForWhatIsYetToBeSent() {
        for (boolean half : new boolean[] {true, false}) {
            Pacer pacer = new Pacer();
            try (ShaperBench bench = new ShaperBench(builder -> builder.mechanisms(List.of(pacer)))
                    .stream().limitedTo(1e6)) {
                if (half) {
                    bench.channel.pipeline().fireUserEventTriggered(ChannelOutputShutdownEvent.INSTANCE);
                } else {
                    bench.channel.close();
                }
                assertEquals(1e6, pacer.rates.get(bench.channel));
            }
        }
    }

    @Test
    void channelsThatArePacedShareByTheirWeights() {
        Pacer pacer = new Pacer();
        PacedChannels channels = new PacedChannels();
        List<EmbeddedChannel> two = List.of(new EmbeddedChannel(), new EmbeddedChannel());
        channels.add(two.get(0), pacer, 1);
        channels.add(two.get(1), pacer, 3);
        channels.follow(4000);
        assertEquals(1000.0, pacer.rates.get(two.get(0)));
        assertEquals(3000.0, pacer.rates.get(two.get(1)));
        channels.remove(two.get(1), true);
        assertEquals(4000.0, pacer.rates.get(two.get(0)));
    }

    @Test
    void aChannelThatCannotBePacedEndsNothing() {
        Pacer pacer = new Pacer();
        pacer.refuses = true;
        try (ShaperBench bench = new ShaperBench(builder -> builder.mechanisms(List.of(pacer)))
                .stream().limitedTo(1e6)) {
            assertEquals(0, bench.shaper.count(ShaperReason.FAILED_OPEN));
            pacer.refuses = false;
            bench.limitedTo(5e5);
            assertEquals(5e5, pacer.rates.get(bench.channel));
        }
    }

    @Test
    void aVoidPromiseGoesThroughTheQueue() {
        try (ShaperBench bench = new ShaperBench().stream().limitedTo(1e6)) {
            for (int index = 0; index < 5; index++) {
                bench.channel.writeAndFlush(bytes(1000), bench.channel.voidPromise());
            }
            bench.runFor(Duration.ofMillis(10));
            assertEquals(5, bench.channel.outboundMessages().size());
            assertEquals(0, bench.shaper.count(ShaperReason.OUTLET_FAILED));
        }
    }

    @Test
    void aPacketThatWaitedForTooLongIsMarkedByWhatTheApplicationBrings() {
        List<Object> marked = new ArrayList<>();
        try (ShaperBench bench = new ShaperBench(builder -> builder.marker(marked::add))
                .datagrams()
                .limitedTo(10_000)) {
            for (int index = 0; index < 30; index++) {
                bench.channel.writeAndFlush(new DatagramPacket(bytes(1000), ShaperBench.SERVER));
            }
            bench.runFor(Duration.ofSeconds(4));
            assertEquals(30, bench.channel.outboundMessages().size());
            assertFalse(marked.isEmpty());
            assertEquals(marked.size(), bench.shaper.count(ShaperReason.ECN_MARKED));
        }
    }

    @Test
    void aChannelWhoseHandlerIsRemovedWhileItWasPausedIsWritableAgain() {
        SchedulerConfig small = new SchedulerConfig(
                List.of(FlowClass.DEFAULT), 100, Duration.ofSeconds(30), 64 << 20, 64 << 10, Duration.ZERO);
        try (ShaperBench bench =
                new ShaperBench(builder -> builder.scheduler(small)).stream().limitedTo(1000)) {
            while (bench.channel.isWritable()) {
                bench.channel.writeAndFlush(bytes(1000));
            }
            bench.channel.pipeline().remove("shaper");
            assertTrue(bench.channel.isWritable());
        }
    }

    @Test
    void aSocketThatTakesNothingHoldsItsOwnPacketsUntilItTakesThemAgain() {
        Blocked channel = new Blocked();
        channel.freezeTime();
        FlowShaper shaper = FlowShaper.builder(channel.eventLoop())
                .calculator(name -> new Fixed(1e8))
                .build();
        Bottleneck bottleneck = shaper.bottleneck("server", ShaperBench.SERVER);
        channel.pipeline().addLast(shaper.streamHandler(bottleneck));
        pass(channel, 40);
        ChannelFuture last = null;
        for (int index = 0; index < 20; index++) {
            last = channel.writeAndFlush(bytes(16_000));
        }
        pass(channel, 100);
        long pending = channel.unsafe().outboundBuffer().totalPendingWriteBytes();
        assertTrue(pending < 100_000, () -> pending + " bytes in the channel's own buffer");
        channel.blocked = false;
        channel.flush();
        pass(channel, 100);
        assertTrue(last.isSuccess());
        channel.finishAndReleaseAll();
    }

    private static void pass(EmbeddedChannel channel, int millis) {
        for (int step = 0; step < millis; step++) {
            channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
            channel.runPendingTasks();
        }
    }
}
