package io.foreshard.verification.together;

import io.foreshard.flowshaper.Bottleneck;
import io.foreshard.flowshaper.FlowShaper;
import io.foreshard.simulator.link.Impairment;
import io.foreshard.simulator.relay.TcpRelay;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;

/** An echo behind a slow way, through the shaper. */
final class ShaperStrand implements Strand {

    private final Shared shared;
    private final Channel echo;
    private final TcpRelay slow;
    private final FlowShaper shaper;
    private final EchoClient client = new EchoClient(12, 60_000);

    ShaperStrand(Shared shared) throws InterruptedException {
        this.shared = shared;
        echo = EchoClient.echo(shared);
        Impairment way = Impairment.builder()
                .rateBytesPerSecond(1_000_000)
                .delay(Duration.ofMillis(5))
                .build();
        slow = TcpRelay.builder(shared.group(), (InetSocketAddress) echo.localAddress())
                .toTarget(way)
                .start();
        shaper = FlowShaper.builder(shared.group().next())
                .telemetry(shared.telemetry())
                .build();
    }

    @Override
    public void start() {
        Bottleneck bottleneck = shaper.bottleneck("slow", slow.address());
        try {
            client.connect(shared, slow.address(), shaper.streamHandler(bottleneck));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void finish() throws InterruptedException {
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
        shaper.close();
        slow.close();
        echo.close().sync();
    }
}
