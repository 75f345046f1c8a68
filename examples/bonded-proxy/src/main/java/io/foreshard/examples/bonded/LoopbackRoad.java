package io.foreshard.examples.bonded;

import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.Transports;
import io.foreshard.flowsharder.relay.Relay;
import io.foreshard.simulator.link.CapacityTrace;
import io.foreshard.simulator.link.Impairment;
import io.foreshard.simulator.relay.TcpRelay;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A relay of this process, on the loopback interface, behind a middlebox that passes no more than it should. */
final class LoopbackRoad implements Road {

    private static final Duration DELAY = Duration.ofMillis(5);
    private static final int QUEUE_BYTES = 128 << 10;
    private static final Duration FOR_EVER = Duration.ofHours(1);

    private final EventLoopGroup group;
    private final InetSocketAddress place;
    private final TcpRelay narrow;
    private Relay relay;

    /** The middlebox knows from the beginning when it is to become narrower. */
    LoopbackRoad(Scenario scenario, boolean slowed, EventLoopGroup nio, Cleanup cleanup) throws IOException {
        group = nio;
        relay = start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        InetSocketAddress bound = relay.localAddress();
        if (bound == null) {
            throw new IOException("relay: no address");
        }
        place = bound;
        cleanup.add(() -> relay.close().await());
        CapacityTrace rate = CapacityTrace.constant((double) scenario.bytesPerSecond());
        if (slowed) {
            Duration after = Duration.ofMillis((long) (1e3 * scenario.slowSeconds()));
            rate = rate.withEpisode(after, FOR_EVER, (double) scenario.bytesPerSecond() / Scenario.SLOWNESS);
        }
        narrow = TcpRelay.builder(nio, place)
                .toClients(Impairment.builder()
                        .capacity(rate)
                        .delay(DELAY)
                        .queueBytes(QUEUE_BYTES)
                        .build())
                .toTarget(Impairment.builder().delay(DELAY).build())
                .start();
        cleanup.add(narrow::close);
    }

    private Relay start(InetSocketAddress where) throws IOException {
        return Transports.started(
                Relay.builder(group, Secrets.routes()).localAddress(where).start());
    }

    @Override
    public InetSocketAddress address() {
        return narrow.address();
    }

    @Override
    public void kill() {
        relay.close().awaitUninterruptibly();
    }

    @Override
    public void restore() throws IOException {
        relay = start(place);
    }

    @Override
    public void slow() {
        // The middlebox does it by itself, at the time that it was given.
    }
}
