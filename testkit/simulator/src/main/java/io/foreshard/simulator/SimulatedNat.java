package io.foreshard.simulator;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A NAT in front of one node of a {@link Simulation}: its datagrams come from a public address, with a port per socket, and what is
 * sent to that port finds the socket. Anybody may use the port once it is open. The links stay those of the node's own address.
 * Streams are not translated.
 */
public final class SimulatedNat {

    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 29_999;

    private final InetAddress publicAddress;
    private final Map<InetSocketAddress, Integer> ports = new HashMap<>();
    private final Map<Integer, InetSocketAddress> sockets = new HashMap<>();
    private int nextPort = FIRST_PORT;

    SimulatedNat(InetAddress publicAddress) {
        this.publicAddress = publicAddress;
    }

    /**
     * Returns the address that others see.
     *
     * @return the public address
     */
    public InetAddress publicAddress() {
        return publicAddress;
    }

    /** Forgets all ports: each socket gets another one with its next datagram, and what is sent to an old one is lost. */
    public void rebind() {
        ports.clear();
        sockets.clear();
    }

    Route outbound(Route route) {
        Integer known = ports.get(route.source());
        int port = known == null ? open(route.source()) : known;
        return new Route(new InetSocketAddress(publicAddress, port), route.destination());
    }

    @Nullable
    Route inbound(Route route) {
        InetSocketAddress socket = sockets.get(route.destination().getPort());
        return socket == null ? null : new Route(route.source(), socket);
    }

    private int open(InetSocketAddress socket) {
        int port = nextPort;
        nextPort = port == LAST_PORT ? FIRST_PORT : port + 1;
        InetSocketAddress former = sockets.put(port, socket);
        if (former != null) {
            ports.remove(former);
        }
        ports.put(socket, port);
        return port;
    }
}
