package io.foreshard.jmh.shaper.scheduling;

import io.foreshard.jmh.shaper.scheduling.PeerFlow.PeerPacket;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;

/** As Netty's traffic handlers do it: a task of the event loop for each packet, which sends what is due of its flow. */
final class NettyTaskScheduler extends PeerScheduler {

    private final MockTicker ticker = Ticker.newMockTicker();
    private final EmbeddedChannel channel =
            EmbeddedChannel.builder().ticker(ticker).build();

    NettyTaskScheduler(int flows, long spacingNanos) {
        super(flows, spacingNanos);
    }

    @Override
    @SuppressWarnings("NullAway") // The packet stands at the end.
    public void offer(Tuple key, long nowNanos) {
        PeerFlow flow = queued(key, nowNanos);
        long departure = departAfter(flow, nowNanos);
        flow.tail.departureNanos = departure;
        channel.eventLoop().schedule(() -> sendDue(flow), departure - nowNanos, TimeUnit.NANOSECONDS);
    }

    private void sendDue(PeerFlow flow) {
        long now = nowNanos();
        for (PeerPacket first = flow.head; first != null && first.departureNanos <= now; first = flow.head) {
            releaseFirst(flow);
        }
    }

    @Override
    public void release(long nowNanos) {
        ticker.advance(nowNanos - nowNanos(), TimeUnit.NANOSECONDS);
        passTo(nowNanos);
        channel.runScheduledPendingTasks();
    }
}
