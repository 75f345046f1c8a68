package io.foreshard.examples.gateway;

import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.NamespaceCable;
import io.foreshard.examples.harness.TokenBucket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** A network namespace for the server, a virtual cable to it, and a token bucket filter on our end of the cable. */
final class NamespaceWay implements Way {

    private static final int PORT = 8_080;
    private static final int BURST_BYTES = 6_000;

    private final NamespaceCable cable;

    private NamespaceWay(NamespaceCable cable) {
        this.cable = cable;
    }

    static Way lay(int index, Scenario scenario, Cleanup cleanup) throws IOException {
        NamespaceCable cable = NamespaceCable.lay(index, cleanup);
        cable.limitToFar(new TokenBucket(scenario.pathBytesPerSecond(), BURST_BYTES, scenario.bufferBytes()));
        return new NamespaceWay(cable);
    }

    @Override
    public Place place() {
        return new Place(cable.inside(List.of()), cable.farAddress(), PORT);
    }

    @Override
    public InetSocketAddress leadTo(InetSocketAddress server) {
        return server;
    }

    @Override
    public boolean isKernel() {
        return true;
    }

    @Override
    public long dropped() throws IOException {
        return cable.droppedToFar();
    }
}
