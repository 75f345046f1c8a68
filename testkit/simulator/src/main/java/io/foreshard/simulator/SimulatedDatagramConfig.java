package io.foreshard.simulator;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramChannelConfig;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a simulated UDP socket: buffer sizes act, the others are kept. */
final class SimulatedDatagramConfig extends DefaultChannelConfig implements DatagramChannelConfig {

    private static final int DEFAULT_SOCKET_BUFFER_BYTES = 212_992;
    private static final int DEFAULT_RECEIVE_BYTES = 2048;

    private final SimulatedDatagramChannel datagramChannel;
    private final OptionStore options = new OptionStore()
            .with(ChannelOption.SO_SNDBUF, DEFAULT_SOCKET_BUFFER_BYTES)
            .with(ChannelOption.SO_RCVBUF, DEFAULT_SOCKET_BUFFER_BYTES)
            .with(ChannelOption.IP_TOS, 0)
            .with(ChannelOption.SO_REUSEADDR, false)
            .with(ChannelOption.SO_BROADCAST, false)
            .with(ChannelOption.IP_MULTICAST_TTL, 1);

    SimulatedDatagramConfig(SimulatedDatagramChannel channel) {
        super(channel, new FixedRecvByteBufAllocator(DEFAULT_RECEIVE_BYTES));
        datagramChannel = channel;
    }

    boolean sharesPort() {
        return options.isTrue("SO_REUSEPORT");
    }

    @Override
    public Map<ChannelOption<?>, Object> getOptions() {
        Map<ChannelOption<?>, Object> all = new HashMap<>(super.getOptions());
        all.putAll(options.all());
        return all;
    }

    @Override
    public <T> @Nullable T getOption(ChannelOption<T> option) {
        T value = super.getOption(option);
        return value == null ? options.get(option) : value;
    }

    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
        if (!super.setOption(option, value)) {
            options.put(option, value);
        }
        return true;
    }

    @Override
    protected void autoReadCleared() {
        datagramChannel.clearReadPending();
    }

    @Override
    public int getSendBufferSize() {
        return options.getInt(ChannelOption.SO_SNDBUF);
    }

    @Override
    public DatagramChannelConfig setSendBufferSize(int bytes) {
        options.put(ChannelOption.SO_SNDBUF, bytes);
        return this;
    }

    @Override
    public int getReceiveBufferSize() {
        return options.getInt(ChannelOption.SO_RCVBUF);
    }

    @Override
    public DatagramChannelConfig setReceiveBufferSize(int bytes) {
        options.put(ChannelOption.SO_RCVBUF, bytes);
        return this;
    }

    @Override
    public int getTrafficClass() {
        return options.getInt(ChannelOption.IP_TOS);
    }

    @Override
    public DatagramChannelConfig setTrafficClass(int trafficClass) {
        options.put(ChannelOption.IP_TOS, trafficClass);
        return this;
    }

    @Override
    public boolean isReuseAddress() {
        return options.getBoolean(ChannelOption.SO_REUSEADDR);
    }

    @Override
    public DatagramChannelConfig setReuseAddress(boolean reuse) {
        options.put(ChannelOption.SO_REUSEADDR, reuse);
        return this;
    }

    @Override
    public boolean isBroadcast() {
        return options.getBoolean(ChannelOption.SO_BROADCAST);
    }

    @Override
    public DatagramChannelConfig setBroadcast(boolean broadcast) {
        options.put(ChannelOption.SO_BROADCAST, broadcast);
        return this;
    }

    @Override
    public boolean isLoopbackModeDisabled() {
        return options.getBoolean(ChannelOption.IP_MULTICAST_LOOP_DISABLED);
    }

    @Override
    public DatagramChannelConfig setLoopbackModeDisabled(boolean disabled) {
        options.put(ChannelOption.IP_MULTICAST_LOOP_DISABLED, disabled);
        return this;
    }

    @Override
    public int getTimeToLive() {
        return options.getInt(ChannelOption.IP_MULTICAST_TTL);
    }

    @Override
    public DatagramChannelConfig setTimeToLive(int hops) {
        options.put(ChannelOption.IP_MULTICAST_TTL, hops);
        return this;
    }

    @Override
    public @Nullable InetAddress getInterface() {
        return options.get(ChannelOption.IP_MULTICAST_ADDR);
    }

    @Override
    public DatagramChannelConfig setInterface(InetAddress address) {
        options.put(ChannelOption.IP_MULTICAST_ADDR, address);
        return this;
    }

    @Override
    public @Nullable NetworkInterface getNetworkInterface() {
        return options.get(ChannelOption.IP_MULTICAST_IF);
    }

    @Override
    public DatagramChannelConfig setNetworkInterface(NetworkInterface networkInterface) {
        options.put(ChannelOption.IP_MULTICAST_IF, networkInterface);
        return this;
    }

    @Override
    @Deprecated
    public DatagramChannelConfig setMaxMessagesPerRead(int count) {
        super.setMaxMessagesPerRead(count);
        return this;
    }

    @Override
    public DatagramChannelConfig setWriteSpinCount(int count) {
        super.setWriteSpinCount(count);
        return this;
    }

    @Override
    public DatagramChannelConfig setConnectTimeoutMillis(int millis) {
        super.setConnectTimeoutMillis(millis);
        return this;
    }

    @Override
    public DatagramChannelConfig setAllocator(ByteBufAllocator allocator) {
        super.setAllocator(allocator);
        return this;
    }

    @Override
    public DatagramChannelConfig setRecvByteBufAllocator(RecvByteBufAllocator allocator) {
        super.setRecvByteBufAllocator(allocator);
        return this;
    }

    @Override
    public DatagramChannelConfig setAutoRead(boolean autoRead) {
        super.setAutoRead(autoRead);
        return this;
    }

    @Override
    @Deprecated
    public DatagramChannelConfig setAutoClose(boolean autoClose) {
        super.setAutoClose(autoClose);
        return this;
    }

    @Override
    public DatagramChannelConfig setMessageSizeEstimator(MessageSizeEstimator estimator) {
        super.setMessageSizeEstimator(estimator);
        return this;
    }

    @Override
    public DatagramChannelConfig setWriteBufferWaterMark(WriteBufferWaterMark waterMark) {
        super.setWriteBufferWaterMark(waterMark);
        return this;
    }
}
