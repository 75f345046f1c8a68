package io.foreshard.simulator;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Configures a node of a simulation. */
public final class SimulatedNodeBuilder {

    private final Function<SimulatedNodeBuilder, SimulatedNode> install;
    private final List<InetAddress> addresses = new ArrayList<>();
    private int loops = 1;
    private double egressBytesPerSecond = Double.POSITIVE_INFINITY;

    SimulatedNodeBuilder(String address, Function<SimulatedNodeBuilder, SimulatedNode> install) {
        this.install = install;
        address(address);
    }

    /**
     * Adds an address; links can then lead to each address of the node.
     *
     * @param literal an IPv4 or IPv6 address
     * @return this
     */
    public SimulatedNodeBuilder address(String literal) {
        addresses.add(Addresses.parse("address", literal));
        return this;
    }

    /**
     * Sets the number of event loops.
     *
     * @param count at least 1; 1 unless set
     * @return this
     */
    public SimulatedNodeBuilder loops(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("loops: " + count + " (expected: >= 1)");
        }
        loops = count;
        return this;
    }

    /**
     * Sets how fast the interface of the node sends datagrams. When it is slower than the application writes, socket buffers fill
     * and channels stop being writable.
     *
     * @param bytesPerSecond above 0; unlimited unless set
     * @return this
     */
    public SimulatedNodeBuilder egressBytesPerSecond(double bytesPerSecond) {
        if (!(bytesPerSecond > 0)) {
            throw new IllegalArgumentException("egressBytesPerSecond: " + bytesPerSecond + " (expected: > 0)");
        }
        egressBytesPerSecond = bytesPerSecond;
        return this;
    }

    /**
     * Adds the node to the simulation.
     *
     * @return the node
     */
    public SimulatedNode build() {
        return install.apply(this);
    }

    List<InetAddress> addresses() {
        return addresses;
    }

    int loops() {
        return loops;
    }

    double egressBytesPerSecond() {
        return egressBytesPerSecond;
    }
}
