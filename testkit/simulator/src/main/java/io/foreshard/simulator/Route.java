package io.foreshard.simulator;

import java.net.InetSocketAddress;

/** Who sent a datagram to whom. */
record Route(InetSocketAddress source, InetSocketAddress destination) {

    Route reversed() {
        InetSocketAddress from = destination;
        InetSocketAddress to = source;
        return new Route(from, to);
    }
}
