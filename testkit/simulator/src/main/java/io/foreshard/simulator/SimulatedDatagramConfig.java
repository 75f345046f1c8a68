package io.foreshard.simulator;

import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.socket.DatagramChannelConfig;
import java.net.InetAddress;
import java.net.NetworkInterface;
import org.jspecify.annotations.Nullable;

/** The options of a simulated UDP socket: buffer sizes act, the others are kept. */
final class SimulatedDatagramConfig extends SimulatedConfig<DatagramChannelConfig> implements DatagramChannelConfig {

    private static final int DEFAULT_SOCKET_BUFFER_BYTES = 212_992;
    private static final int DEFAULT_RECEIVE_BYTES = 2048;

    SimulatedDatagramConfig(SimulatedDatagramChannel channel, Readiness readiness) {
        super(channel, readiness, defaults(), new FixedRecvByteBufAllocator(DEFAULT_RECEIVE_BYTES));
    }

    private static OptionStore defaults() {
        return new OptionStore()
                .with(ChannelOption.SO_SNDBUF, DEFAULT_SOCKET_BUFFER_BYTES)
                .with(ChannelOption.SO_RCVBUF, DEFAULT_SOCKET_BUFFER_BYTES)
                .with(ChannelOption.IP_TOS, 0)
                .with(ChannelOption.SO_REUSEADDR, false)
                .with(ChannelOption.SO_BROADCAST, false)
                .with(ChannelOption.IP_MULTICAST_TTL, 1);
    }

    @Override
    DatagramChannelConfig self() {
        return this;
    }

    boolean sharesPort() {
        return options().isTrue("SO_REUSEPORT");
    }

    @Override
    public int getSendBufferSize() {
        return options().getInt(ChannelOption.SO_SNDBUF);
    }

    @Override
    public DatagramChannelConfig setSendBufferSize(int bytes) {
        return keep(ChannelOption.SO_SNDBUF, bytes);
    }

    @Override
    public int getTrafficClass() {
        return options().getInt(ChannelOption.IP_TOS);
    }

    @Override
    public DatagramChannelConfig setTrafficClass(int trafficClass) {
        return keep(ChannelOption.IP_TOS, trafficClass);
    }

    @Override
    public boolean isBroadcast() {
        return options().getBoolean(ChannelOption.SO_BROADCAST);
    }

    @Override
    public DatagramChannelConfig setBroadcast(boolean broadcast) {
        return keep(ChannelOption.SO_BROADCAST, broadcast);
    }

    @Override
    public boolean isLoopbackModeDisabled() {
        return options().getBoolean(ChannelOption.IP_MULTICAST_LOOP_DISABLED);
    }

    @Override
    public DatagramChannelConfig setLoopbackModeDisabled(boolean disabled) {
        return keep(ChannelOption.IP_MULTICAST_LOOP_DISABLED, disabled);
    }

    @Override
    public int getTimeToLive() {
        return options().getInt(ChannelOption.IP_MULTICAST_TTL);
    }

    @Override
    public DatagramChannelConfig setTimeToLive(int hops) {
        return keep(ChannelOption.IP_MULTICAST_TTL, hops);
    }

    @Override
    public @Nullable InetAddress getInterface() {
        return options().get(ChannelOption.IP_MULTICAST_ADDR);
    }

    @Override
    public DatagramChannelConfig setInterface(InetAddress address) {
        return keep(ChannelOption.IP_MULTICAST_ADDR, address);
    }

    @Override
    public @Nullable NetworkInterface getNetworkInterface() {
        return options().get(ChannelOption.IP_MULTICAST_IF);
    }

    @Override
    public DatagramChannelConfig setNetworkInterface(NetworkInterface networkInterface) {
        return keep(ChannelOption.IP_MULTICAST_IF, networkInterface);
    }
}
