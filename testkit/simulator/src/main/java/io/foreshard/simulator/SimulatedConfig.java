package io.foreshard.simulator;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the options of all simulated sockets have in common: whatever Netty does not act on is kept, so that it can be asked for.
 *
 * @param <C> the interface that the setters return
 */
abstract class SimulatedConfig<C extends ChannelConfig> extends DefaultChannelConfig {

    private final Readiness readiness;
    private final OptionStore options;

    SimulatedConfig(Channel channel, Readiness readiness, OptionStore defaults) {
        super(channel);
        this.readiness = readiness;
        options = defaults;
    }

    SimulatedConfig(Channel channel, Readiness readiness, OptionStore defaults, RecvByteBufAllocator allocator) {
        super(channel, allocator);
        this.readiness = readiness;
        options = defaults;
    }

    /** Returns this. Netty's constructor calls setters, so it must not need any state. */
    abstract C self();

    OptionStore options() {
        return options;
    }

    <T> C keep(ChannelOption<T> option, T value) {
        options.put(option, value);
        return self();
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
        readiness.clearReadPending();
    }

    public int getReceiveBufferSize() {
        return options.getInt(ChannelOption.SO_RCVBUF);
    }

    public C setReceiveBufferSize(int bytes) {
        return keep(ChannelOption.SO_RCVBUF, bytes);
    }

    public boolean isReuseAddress() {
        return options.getBoolean(ChannelOption.SO_REUSEADDR);
    }

    public C setReuseAddress(boolean reuse) {
        return keep(ChannelOption.SO_REUSEADDR, reuse);
    }

    @Override
    @Deprecated
    public C setMaxMessagesPerRead(int count) {
        super.setMaxMessagesPerRead(count);
        return self();
    }

    @Override
    public C setWriteSpinCount(int count) {
        super.setWriteSpinCount(count);
        return self();
    }

    @Override
    public C setConnectTimeoutMillis(int millis) {
        super.setConnectTimeoutMillis(millis);
        return self();
    }

    @Override
    public C setAllocator(ByteBufAllocator allocator) {
        super.setAllocator(allocator);
        return self();
    }

    @Override
    public C setRecvByteBufAllocator(RecvByteBufAllocator allocator) {
        super.setRecvByteBufAllocator(allocator);
        return self();
    }

    @Override
    public C setAutoRead(boolean autoRead) {
        super.setAutoRead(autoRead);
        return self();
    }

    @Override
    @Deprecated
    public C setAutoClose(boolean autoClose) {
        super.setAutoClose(autoClose);
        return self();
    }

    @Override
    public C setMessageSizeEstimator(MessageSizeEstimator estimator) {
        super.setMessageSizeEstimator(estimator);
        return self();
    }

    @Override
    public C setWriteBufferWaterMark(WriteBufferWaterMark waterMark) {
        super.setWriteBufferWaterMark(waterMark);
        return self();
    }

    @Override
    @Deprecated
    public C setWriteBufferHighWaterMark(int bytes) {
        super.setWriteBufferHighWaterMark(bytes);
        return self();
    }

    @Override
    @Deprecated
    public C setWriteBufferLowWaterMark(int bytes) {
        super.setWriteBufferLowWaterMark(bytes);
        return self();
    }
}
