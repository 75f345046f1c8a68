package io.foreshard.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foreshard.shardcodec.spi.Carrier;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OvertakenTest {

    private static final long MILLI = 1_000_000L;

    private final Path path = new Path(
            0,
            Carrier.STREAM,
            new InetSocketAddress("192.0.2.1", 1),
            32_000,
            MILLI,
            TransportConfig.defaults().gate("path"),
            0);
    private final List<Long> repeated = new ArrayList<>();
    private final Overtaken overtaken = new Overtaken(path, new LossDetector.Listener() {
        @Override
        public void onShardArrived(OutboundBlock block, int tag, long nowNanos) {}

        @Override
        public void onShardLost(OutboundBlock block, int tag, long packetNumber, long nowNanos) {
            repeated.add(packetNumber);
        }
    });

    /** One shard per 10 ms, and a packet without one in the middle. */
    private void sendSix() {
        OutboundMessage message = new OutboundMessage(
                Unpooled.wrappedBuffer(new byte[60_000]),
                MessageOptions.reliable(),
                ImmediateEventExecutor.INSTANCE.newPromise(),
                (timedOut, now) -> {});
        message.start(1, 16);
        OutboundBlock block = new OutboundBlock(message, 0, 1000, false);
        for (int i = 0; i < 6; i++) {
            path.loss.onSent(10L * i * MILLI, 1000, i == 2 ? null : block, block.tag(i), false);
        }
        path.rtt.onSample(20 * MILLI, 0, 60 * MILLI);
    }

    @Test
    void whatIsAskedForLeavesOnceMoreWhenTcpHasHadItsTimeAndOnlyOnce() {
        sendSix();
        assertEquals(Long.MAX_VALUE, overtaken.dueNanos());
        overtaken.add(0);
        overtaken.add(4);
        assertEquals(200 * MILLI, overtaken.dueNanos());
        overtaken.service(200 * MILLI - 1);
        assertEquals(List.of(), repeated);
        overtaken.service(200 * MILLI);
        assertEquals(List.of(0L), repeated);
        assertEquals(210 * MILLI, overtaken.dueNanos());
        overtaken.add(3);
        overtaken.service(1000 * MILLI);
        assertEquals(List.of(0L, 1L, 3L, 4L), repeated);
        assertEquals(Long.MAX_VALUE, overtaken.dueNanos());
        overtaken.add(4);
        overtaken.service(2000 * MILLI);
        assertEquals(4, repeated.size());
        assertEquals(6000, path.sent.inFlightBytes(), "the path still waits for all");
    }

    @Test
    void whatArrivedMeanwhileDoesNotLeaveAgain() {
        sendSix();
        overtaken.add(4);
        path.sent.settle(0, SentPackets.ACKED);
        path.sent.settle(1, SentPackets.ACKED);
        path.sent.settle(3, SentPackets.LOST);
        overtaken.service(1000 * MILLI);
        assertEquals(List.of(4L), repeated);
    }
}
