package io.foreshard.examples.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The path between the gateway and a server: a token bucket with a finite buffer. */
interface Way {

    /** Returns where the server is to run, so that the path leads to it. */
    Place place();

    /**
     * Leads the path to the server.
     *
     * @param server where it listens
     * @return where the gateway reaches it through the path
     */
    InetSocketAddress leadTo(InetSocketAddress server) throws IOException;

    /** Returns whether the kernel makes the path, so that the time to open a connection shows its queue. */
    boolean isKernel();

    /** Returns how many packets the path's buffer has had no room for. */
    long dropped() throws IOException;
}
