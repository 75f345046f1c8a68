package io.foreshard.simulator;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The UDP sockets of one node, by port. */
final class DatagramPorts {

    private static final int FIRST_EPHEMERAL = 49_152;
    private static final int LAST_PORT = 65_535;

    private final Map<Integer, List<SimulatedDatagramChannel>> sockets = new HashMap<>();
    private int nextEphemeral = FIRST_EPHEMERAL;

    InetSocketAddress bind(SimulatedDatagramChannel channel, InetAddress address, int port) throws BindException {
        int actual = port == 0 ? freePort() : port;
        List<SimulatedDatagramChannel> others = sockets.computeIfAbsent(actual, key -> new ArrayList<>());
        for (SimulatedDatagramChannel other : others) {
            if (overlap(other.localAddress().getAddress(), address) && !(other.sharesPort() && channel.sharesPort())) {
                throw new BindException("Address already in use: " + address.getHostAddress() + ":" + actual);
            }
        }
        others.add(channel);
        return new InetSocketAddress(address, actual);
    }

    void unbind(SimulatedDatagramChannel channel, int port) {
        List<SimulatedDatagramChannel> bound = sockets.get(port);
        if (bound != null && bound.remove(channel) && bound.isEmpty()) {
            sockets.remove(port);
        }
    }

    /** As a kernel does: a connected socket first, then one bound to the address, then the wildcard; equals share by hash. */
    @Nullable
    SimulatedDatagramChannel find(Route route) {
        List<SimulatedDatagramChannel> bound =
                sockets.getOrDefault(route.destination().getPort(), List.of());
        List<SimulatedDatagramChannel> best = List.of();
        int bestScore = 0;
        for (SimulatedDatagramChannel channel : bound) {
            int score = score(channel, route);
            if (score > bestScore) {
                best = new ArrayList<>();
                bestScore = score;
            }
            if (score > 0 && score == bestScore) {
                best.add(channel);
            }
        }
        return best.isEmpty() ? null : best.get(Math.floorMod(route.source().hashCode(), best.size()));
    }

    private static int score(SimulatedDatagramChannel channel, Route route) {
        InetAddress address = channel.localAddress().getAddress();
        InetSocketAddress peer = channel.remoteAddress();
        boolean mine = address.isAnyLocalAddress()
                || address.equals(route.destination().getAddress());
        if (!mine || (peer != null && !peer.equals(route.source()))) {
            return 0;
        }
        return 1 + (address.isAnyLocalAddress() ? 0 : 1) + (peer == null ? 0 : 2);
    }

    private static boolean overlap(InetAddress one, InetAddress other) {
        return one.isAnyLocalAddress() || other.isAnyLocalAddress() || one.equals(other);
    }

    private int freePort() throws BindException {
        for (int tries = FIRST_EPHEMERAL; tries <= LAST_PORT; tries++) {
            int port = nextEphemeral;
            nextEphemeral = port == LAST_PORT ? FIRST_EPHEMERAL : port + 1;
            if (!sockets.containsKey(port)) {
                return port;
            }
        }
        throw new BindException("Address already in use: no ephemeral port is free");
    }
}
