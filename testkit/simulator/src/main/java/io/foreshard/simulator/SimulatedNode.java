package io.foreshard.simulator;

import io.foreshard.simulator.link.DropReason;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelId;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host in a simulation: addresses, event loops and sockets. Production code gets {@link #eventLoopGroup()} and a channel factory
 * (or the class {@link SimulatedDatagramChannel}) and runs unchanged.
 */
public final class SimulatedNode {

    private final Network network;
    private final List<InetAddress> addresses;
    private final SimulatedEventLoopGroup group;
    private final Egress egress;
    private final DatagramPorts datagramPorts = new DatagramPorts();
    private final StreamPorts streamPorts = new StreamPorts();
    private final ChannelIds channelIds;

    SimulatedNode(Network network, SimulatedNodeBuilder builder) {
        this.network = network;
        addresses = List.copyOf(builder.addresses());
        group = new SimulatedEventLoopGroup(this, network.scheduler(), builder.loops());
        egress = new Egress(network.scheduler(), builder.egressBytesPerSecond());
        channelIds = new ChannelIds(addresses.get(0).getHostAddress());
    }

    /**
     * Returns the first address of the node.
     *
     * @return an address
     */
    public InetAddress address() {
        return addresses.get(0);
    }

    /**
     * Returns all addresses of the node.
     *
     * @return the addresses, in the order of configuration
     */
    public List<InetAddress> addresses() {
        return addresses;
    }

    /**
     * Returns a socket address on the first address of the node.
     *
     * @param port 0 to have a free one chosen on bind
     * @return a socket address
     */
    public InetSocketAddress address(int port) {
        return new InetSocketAddress(address(), port);
    }

    /**
     * Returns the loops as an ordinary group. Channels are registered round robin.
     *
     * @return a group; shutting it down closes the channels of the node
     */
    public IoEventLoopGroup eventLoopGroup() {
        return group;
    }

    /**
     * Returns the loops one by one.
     *
     * @return the loops, in the order in which the group hands them out
     */
    public List<EventLoop> eventLoops() {
        return List.copyOf(group.loops());
    }

    /**
     * Returns a factory of UDP channels, for {@code Bootstrap.channelFactory}. Other than channels made by their class, they have
     * ids that are the same in each run.
     *
     * @return a factory
     */
    public ChannelFactory<SimulatedDatagramChannel> datagramChannelFactory() {
        return () -> new SimulatedDatagramChannel(channelIds.next());
    }

    /**
     * Returns a factory of stream channels, for {@code Bootstrap.channelFactory}, with ids that are the same in each run. Servers
     * use the class {@link SimulatedServerStreamChannel}.
     *
     * @return a factory
     */
    public ChannelFactory<SimulatedStreamChannel> streamChannelFactory() {
        return () -> new SimulatedStreamChannel(channelIds.next());
    }

    @Override
    public String toString() {
        return "node " + address().getHostAddress();
    }

    Network network() {
        return network;
    }

    Egress egress() {
        return egress;
    }

    boolean has(InetAddress address) {
        return addresses.contains(address);
    }

    /** The address that a socket bound to the wildcard sends from: the first one from which a link leads there. */
    InetAddress sourceFor(InetAddress destination) {
        for (InetAddress address : addresses) {
            if (network.link(address, destination) != null) {
                return address;
            }
        }
        return address();
    }

    InetSocketAddress bind(SimulatedDatagramChannel channel, InetSocketAddress address) throws BindException {
        checkOwn(address);
        return datagramPorts.bind(channel, address.getAddress(), address.getPort());
    }

    void unbind(SimulatedDatagramChannel channel, InetSocketAddress address) {
        datagramPorts.unbind(channel, address.getPort());
    }

    @Nullable
    DropReason deliver(Route route, byte[] payload) {
        SimulatedDatagramChannel channel = datagramPorts.find(route);
        return channel == null ? DropReason.NO_LISTENER : channel.receive(route.source(), payload);
    }

    ChannelId nextChannelId() {
        return channelIds.next();
    }

    InetSocketAddress listen(SimulatedServerStreamChannel channel, InetSocketAddress address) throws BindException {
        checkOwn(address);
        return streamPorts.listen(channel, address);
    }

    void stopListening(SimulatedServerStreamChannel channel) {
        streamPorts.close(channel);
    }

    @Nullable
    SimulatedServerStreamChannel streamListener(InetSocketAddress address) {
        return streamPorts.find(address);
    }

    /** Fills in what a client left open: its port, and by the destination its address. */
    InetSocketAddress clientAddress(InetSocketAddress wanted, InetAddress destination) throws BindException {
        checkOwn(wanted);
        InetAddress address = wanted.getAddress().isAnyLocalAddress() ? sourceFor(destination) : wanted.getAddress();
        return new InetSocketAddress(address, wanted.getPort() == 0 ? streamPorts.nextClientPort() : wanted.getPort());
    }

    private void checkOwn(InetSocketAddress address) throws BindException {
        if (!address.getAddress().isAnyLocalAddress() && !has(address.getAddress())) {
            throw new BindException("Cannot assign requested address: " + address);
        }
    }
}
