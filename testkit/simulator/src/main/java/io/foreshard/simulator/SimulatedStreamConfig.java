package io.foreshard.simulator;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannelConfig;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a simulated stream socket: buffer sizes, half-closure and linger act, the others are kept. */
final class SimulatedStreamConfig extends DefaultChannelConfig implements SocketChannelConfig {

    private static final int DEFAULT_SEND_BUFFER_BYTES = 87_380;
    private static final int DEFAULT_RECEIVE_BUFFER_BYTES = 4 << 20;

    private final SimulatedStreamChannel streamChannel;
    private final OptionStore options = new OptionStore()
            .with(ChannelOption.SO_SNDBUF, DEFAULT_SEND_BUFFER_BYTES)
            .with(ChannelOption.SO_RCVBUF, DEFAULT_RECEIVE_BUFFER_BYTES)
            .with(ChannelOption.SO_LINGER, -1)
            .with(ChannelOption.IP_TOS, 0)
            .with(ChannelOption.TCP_NODELAY, true)
            .with(ChannelOption.SO_KEEPALIVE, false)
            .with(ChannelOption.SO_REUSEADDR, false)
            .with(ChannelOption.ALLOW_HALF_CLOSURE, false);

    SimulatedStreamConfig(SimulatedStreamChannel channel) {
        super(channel);
        streamChannel = channel;
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
        streamChannel.clearReadPending();
    }

    @Override
    public int getSendBufferSize() {
        return options.getInt(ChannelOption.SO_SNDBUF);
    }

    @Override
    public SocketChannelConfig setSendBufferSize(int bytes) {
        options.put(ChannelOption.SO_SNDBUF, bytes);
        return this;
    }

    @Override
    public int getReceiveBufferSize() {
        return options.getInt(ChannelOption.SO_RCVBUF);
    }

    @Override
    public SocketChannelConfig setReceiveBufferSize(int bytes) {
        options.put(ChannelOption.SO_RCVBUF, bytes);
        return this;
    }

    @Override
    public int getSoLinger() {
        return options.getInt(ChannelOption.SO_LINGER);
    }

    @Override
    public SocketChannelConfig setSoLinger(int seconds) {
        options.put(ChannelOption.SO_LINGER, seconds);
        return this;
    }

    @Override
    public int getTrafficClass() {
        return options.getInt(ChannelOption.IP_TOS);
    }

    @Override
    public SocketChannelConfig setTrafficClass(int trafficClass) {
        options.put(ChannelOption.IP_TOS, trafficClass);
        return this;
    }

    @Override
    public boolean isTcpNoDelay() {
        return options.getBoolean(ChannelOption.TCP_NODELAY);
    }

    @Override
    public SocketChannelConfig setTcpNoDelay(boolean noDelay) {
        options.put(ChannelOption.TCP_NODELAY, noDelay);
        return this;
    }

    @Override
    public boolean isKeepAlive() {
        return options.getBoolean(ChannelOption.SO_KEEPALIVE);
    }

    @Override
    public SocketChannelConfig setKeepAlive(boolean keepAlive) {
        options.put(ChannelOption.SO_KEEPALIVE, keepAlive);
        return this;
    }

    @Override
    public boolean isReuseAddress() {
        return options.getBoolean(ChannelOption.SO_REUSEADDR);
    }

    @Override
    public SocketChannelConfig setReuseAddress(boolean reuse) {
        options.put(ChannelOption.SO_REUSEADDR, reuse);
        return this;
    }

    @Override
    public boolean isAllowHalfClosure() {
        return options.getBoolean(ChannelOption.ALLOW_HALF_CLOSURE);
    }

    @Override
    public SocketChannelConfig setAllowHalfClosure(boolean allow) {
        options.put(ChannelOption.ALLOW_HALF_CLOSURE, allow);
        return this;
    }

    /** The ways in which a JDK socket may be tuned; there is nothing to tune here. */
    @Override
    public SocketChannelConfig setPerformancePreferences(int connectionTime, int latency, int bandwidth) {
        return this;
    }

    @Override
    @Deprecated
    public SocketChannelConfig setMaxMessagesPerRead(int count) {
        super.setMaxMessagesPerRead(count);
        return this;
    }

    @Override
    public SocketChannelConfig setWriteSpinCount(int count) {
        super.setWriteSpinCount(count);
        return this;
    }

    @Override
    public SocketChannelConfig setConnectTimeoutMillis(int millis) {
        super.setConnectTimeoutMillis(millis);
        return this;
    }

    @Override
    public SocketChannelConfig setAllocator(ByteBufAllocator allocator) {
        super.setAllocator(allocator);
        return this;
    }

    @Override
    public SocketChannelConfig setRecvByteBufAllocator(RecvByteBufAllocator allocator) {
        super.setRecvByteBufAllocator(allocator);
        return this;
    }

    @Override
    public SocketChannelConfig setAutoRead(boolean autoRead) {
        super.setAutoRead(autoRead);
        return this;
    }

    @Override
    public SocketChannelConfig setMessageSizeEstimator(MessageSizeEstimator estimator) {
        super.setMessageSizeEstimator(estimator);
        return this;
    }

    @Override
    public SocketChannelConfig setWriteBufferWaterMark(WriteBufferWaterMark waterMark) {
        super.setWriteBufferWaterMark(waterMark);
        return this;
    }

    @Override
    @Deprecated
    public SocketChannelConfig setAutoClose(boolean autoClose) {
        super.setAutoClose(autoClose);
        return this;
    }
}
