package io.foreshard.simulator;

import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The listening stream sockets of one node, and the ports of its clients. */
final class StreamPorts {

    private static final int FIRST_EPHEMERAL = 32_768;
    private static final int LAST_EPHEMERAL = 49_151;

    private final List<SimulatedServerStreamChannel> listeners = new ArrayList<>();
    private int nextEphemeral = FIRST_EPHEMERAL;

    /** Client ports may come round again: a connection is known by both of its ends. */
    int nextClientPort() {
        int port = nextEphemeral;
        nextEphemeral = port == LAST_EPHEMERAL ? FIRST_EPHEMERAL : port + 1;
        return port;
    }

    InetSocketAddress listen(SimulatedServerStreamChannel channel, InetSocketAddress address) throws BindException {
        int port = address.getPort() == 0 ? nextClientPort() : address.getPort();
        InetSocketAddress bound = new InetSocketAddress(address.getAddress(), port);
        if (listeners.stream().anyMatch(other -> overlap(other.localAddress(), bound))) {
            throw new BindException("Address already in use: " + bound);
        }
        listeners.add(channel);
        return bound;
    }

    void close(SimulatedServerStreamChannel channel) {
        listeners.remove(channel);
    }

    @Nullable
    SimulatedServerStreamChannel find(InetSocketAddress address) {
        return listeners.stream()
                .filter(listener -> overlap(listener.localAddress(), address))
                .findFirst()
                .orElse(null);
    }

    private static boolean overlap(InetSocketAddress one, InetSocketAddress other) {
        InetAddress oneAddress = one.getAddress();
        InetAddress otherAddress = other.getAddress();
        return one.getPort() == other.getPort()
                && (oneAddress.isAnyLocalAddress()
                        || otherAddress.isAnyLocalAddress()
                        || oneAddress.equals(otherAddress));
    }
}
