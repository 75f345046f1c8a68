package io.foreshard.examples.gateway;

import io.foreshard.examples.harness.Cleanup;
import io.foreshard.simulator.link.Impairment;
import io.foreshard.simulator.relay.TcpRelay;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;

/** A relay on the loopback interface in place of a path, for users who may not make namespaces: it holds back, and drops nothing. */
final class RelayWay implements Way {

    private static final int CONNECTIONS = 1_024;

    private final EventLoopGroup group;
    private final Scenario scenario;
    private final Cleanup cleanup;

    RelayWay(EventLoopGroup group, Scenario scenario, Cleanup cleanup) {
        this.group = group;
        this.scenario = scenario;
        this.cleanup = cleanup;
    }

    @Override
    public Place place() {
        return new Place(List.of(), InetAddress.getLoopbackAddress().getHostAddress(), 0);
    }

    /** Returns a place with a port that was free a moment ago, for a server that cannot say which one it took. */
    static Place withPort(Place place) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(place.host()))) {
            return new Place(place.prefix(), place.host(), socket.getLocalPort());
        }
    }

    @Override
    public InetSocketAddress leadTo(InetSocketAddress server) {
        Impairment bucket = Impairment.builder()
                .rateBytesPerSecond((double) scenario.pathBytesPerSecond())
                .queueBytes(scenario.bufferBytes())
                .build();
        TcpRelay relay = TcpRelay.builder(group, server)
                .toTarget(bucket)
                .maxConnections(CONNECTIONS)
                .start();
        cleanup.add(relay::close);
        return relay.address();
    }

    @Override
    public boolean isKernel() {
        return false;
    }

    @Override
    public long dropped() {
        return 0;
    }
}
