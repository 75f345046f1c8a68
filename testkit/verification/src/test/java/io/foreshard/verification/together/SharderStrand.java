package io.foreshard.verification.together;

import io.foreshard.flowsharder.edge.Egress;
import io.foreshard.flowsharder.edge.Ingress;
import io.foreshard.flowsharder.placement.RendezvousPlacement;
import io.foreshard.flowsharder.placement.SteadyRebalancePolicy;
import io.foreshard.flowsharder.relay.Relay;
import io.foreshard.flowsharder.relay.RouteKey;
import io.foreshard.flowsharder.spi.FlowPlan;
import io.foreshard.flowsharder.spi.Node;
import io.foreshard.flowsharder.spi.PlanReason;
import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An echo by way of ingress, two of three relays and egress; every few seconds a relay is ended and started anew. */
final class SharderStrand implements Strand {

    private static final byte[] SECRET = "the secret of both edges".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RELAY_SECRET = "the relay's own secret".getBytes(StandardCharsets.US_ASCII);
    private static final int RELAYS = 3;
    private static final int SECONDS_PER_RELAY = 7;

    private final Shared shared;
    private final Channel echo;
    private final Egress egress;
    private final List<Relay> relays = new ArrayList<>();
    private final Ingress ingress;
    private final Channel entrance;
    private final EchoClient client = new EchoClient(13, 400_000);
    private @Nullable ScheduledFuture<?> turns;
    private int turn;

    SharderStrand(Shared shared) throws InterruptedException {
        this.shared = shared;
        echo = EchoClient.echo(shared);
        egress = Strand.await(Egress.builder(shared.group(), SECRET)
                .allocator(shared.allocator())
                .localAddress(anyPort())
                .start());
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < RELAYS; i++) {
            relays.add(relay(anyPort()));
            nodes.add(Node.of("relay-" + i, relays.get(i).localAddress()));
        }
        ingress = Ingress.builder(shared.group(), egress.localAddress(), SECRET)
                .allocator(shared.allocator())
                .relaySecret(RELAY_SECRET)
                .nodes(nodes)
                .telemetry(shared.telemetry())
                .steered(
                        demand -> new FlowPlan(2, PlanReason.UNKNOWN),
                        new RendezvousPlacement(),
                        () -> SteadyRebalancePolicy.builder().build())
                .start();
        int port = ((InetSocketAddress) echo.localAddress()).getPort();
        entrance = Strand.await(ingress.forward(anyPort(), "127.0.0.1:" + port));
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private Relay relay(InetSocketAddress address) throws InterruptedException {
        return Strand.await(Relay.builder(shared.group(), new RouteKey(RELAY_SECRET))
                .allocator(shared.allocator())
                .localAddress(address)
                .start());
    }

    @Override
    public void start() {
        try {
            client.connect(shared, (InetSocketAddress) entrance.localAddress(), null);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        turns = shared.group()
                .next()
                .scheduleAtFixedRate(this::restartARelay, SECONDS_PER_RELAY, SECONDS_PER_RELAY, TimeUnit.SECONDS);
    }

    private void restartARelay() {
        int index = turn++ % RELAYS;
        Relay old = relays.get(index);
        InetSocketAddress address = old.localAddress();
        old.close()
                .addListener(closed -> Relay.builder(shared.group(), new RouteKey(RELAY_SECRET))
                        .allocator(shared.allocator())
                        .localAddress(address)
                        .start()
                        .addListener(started -> {
                            if (started.getNow() instanceof Relay fresh) {
                                relays.set(index, fresh);
                            }
                        }));
    }

    @Override
    public void finish() throws InterruptedException {
        if (turns != null) {
            turns.cancel(false);
        }
        client.finish();
    }

    @Override
    public long rounds() {
        return client.rounds();
    }

    @Override
    public String fault() {
        return client.fault();
    }

    @Override
    public void close() throws InterruptedException {
        entrance.close().sync();
        ingress.close();
        Strand.await(egress.stop());
        for (Relay relay : relays) {
            Strand.await(relay.close());
        }
        echo.close().sync();
    }
}
