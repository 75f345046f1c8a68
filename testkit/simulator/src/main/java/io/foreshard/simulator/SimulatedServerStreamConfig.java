package io.foreshard.simulator;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.ServerSocketChannelConfig;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a simulated listening socket: the backlog acts, the others are kept. */
final class SimulatedServerStreamConfig extends DefaultChannelConfig implements ServerSocketChannelConfig {

    private static final int DEFAULT_BACKLOG = 128;
    private static final int DEFAULT_RECEIVE_BUFFER_BYTES = 4 << 20;

    private final SimulatedServerStreamChannel streamChannel;
    private final OptionStore options = new OptionStore()
            .with(ChannelOption.SO_BACKLOG, DEFAULT_BACKLOG)
            .with(ChannelOption.SO_RCVBUF, DEFAULT_RECEIVE_BUFFER_BYTES)
            .with(ChannelOption.SO_REUSEADDR, false);

    SimulatedServerStreamConfig(SimulatedServerStreamChannel channel) {
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
    public int getBacklog() {
        return options.getInt(ChannelOption.SO_BACKLOG);
    }

    @Override
    public ServerSocketChannelConfig setBacklog(int connections) {
        options.put(ChannelOption.SO_BACKLOG, connections);
        return this;
    }

    @Override
    public int getReceiveBufferSize() {
        return options.getInt(ChannelOption.SO_RCVBUF);
    }

    @Override
    public ServerSocketChannelConfig setReceiveBufferSize(int bytes) {
        options.put(ChannelOption.SO_RCVBUF, bytes);
        return this;
    }

    @Override
    public boolean isReuseAddress() {
        return options.getBoolean(ChannelOption.SO_REUSEADDR);
    }

    @Override
    public ServerSocketChannelConfig setReuseAddress(boolean reuse) {
        options.put(ChannelOption.SO_REUSEADDR, reuse);
        return this;
    }

    /** The ways in which a JDK socket may be tuned; there is nothing to tune here. */
    @Override
    public ServerSocketChannelConfig setPerformancePreferences(int connectionTime, int latency, int bandwidth) {
        return this;
    }

    @Override
    @Deprecated
    public ServerSocketChannelConfig setMaxMessagesPerRead(int count) {
        super.setMaxMessagesPerRead(count);
        return this;
    }

    @Override
    public ServerSocketChannelConfig setWriteSpinCount(int count) {
        super.setWriteSpinCount(count);
        return this;
    }

    @Override
    public ServerSocketChannelConfig setConnectTimeoutMillis(int millis) {
        super.setConnectTimeoutMillis(millis);
        return this;
    }

    @Override
    public ServerSocketChannelConfig setAllocator(ByteBufAllocator allocator) {
        super.setAllocator(allocator);
        return this;
    }

    @Override
    public ServerSocketChannelConfig setRecvByteBufAllocator(RecvByteBufAllocator allocator) {
        super.setRecvByteBufAllocator(allocator);
        return this;
    }

    @Override
    public ServerSocketChannelConfig setAutoRead(boolean autoRead) {
        super.setAutoRead(autoRead);
        return this;
    }

    @Override
    public ServerSocketChannelConfig setMessageSizeEstimator(MessageSizeEstimator estimator) {
        super.setMessageSizeEstimator(estimator);
        return this;
    }

    @Override
    public ServerSocketChannelConfig setWriteBufferWaterMark(WriteBufferWaterMark waterMark) {
        super.setWriteBufferWaterMark(waterMark);
        return this;
    }

    @Override
    @Deprecated
    public ServerSocketChannelConfig setWriteBufferHighWaterMark(int bytes) {
        super.setWriteBufferHighWaterMark(bytes);
        return this;
    }

    @Override
    @Deprecated
    public ServerSocketChannelConfig setWriteBufferLowWaterMark(int bytes) {
        super.setWriteBufferLowWaterMark(bytes);
        return this;
    }
}
