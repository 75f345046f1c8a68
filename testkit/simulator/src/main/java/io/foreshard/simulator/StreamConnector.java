package io.foreshard.simulator;

import io.foreshard.simulator.link.ImpairedLink;
import java.net.ConnectException;
import java.net.InetAddress;

/** Opens stream connections: one round trip over the links, after which both ends have a pipe in each direction. */
final class StreamConnector {

    private final Network network;

    StreamConnector(Network network) {
        this.network = network;
    }

    /** A request that meets no link is lost: the client's timeout ends it. */
    void connect(SimulatedStreamChannel client, Route route) {
        signal(route.source().getAddress(), route.destination().getAddress(), () -> arriveAtServer(client, route));
    }

    private void arriveAtServer(SimulatedStreamChannel client, Route route) {
        InetAddress serverAddress = route.destination().getAddress();
        InetAddress clientAddress = route.source().getAddress();
        SimulatedNode node = network.node(serverAddress);
        SimulatedServerStreamChannel server = node == null ? null : node.streamListener(route.destination());
        if (server == null) {
            ConnectException refused = new ConnectException("Connection refused: " + route.destination());
            signal(serverAddress, clientAddress, () -> client.connectFailed(refused));
        } else if (server.hasRoom()) {
            SimulatedStreamChannel child = server.newChild(route);
            StreamPipe forth = new StreamPipe(network, client, child, route);
            StreamPipe back = new StreamPipe(network, child, client, route.reversed());
            child.connected(forth, back);
            server.accept(child);
            signal(serverAddress, clientAddress, () -> client.connectSucceeded(back, forth));
        }
    }

    private void signal(InetAddress from, InetAddress to, Runnable action) {
        Scheduler scheduler = network.scheduler();
        SimulatedLink link = network.link(from, to);
        if (link != null) {
            ImpairedLink engine = link.engine();
            scheduler.at(engine.offerStream(scheduler.nowNanos(), 0), action);
        } else if (network.isLocal(from, to)) {
            scheduler.at(scheduler.nowNanos(), action);
        }
    }
}
