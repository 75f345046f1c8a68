package io.foreshard.simulator;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannelConfig;

/** The options of a simulated stream socket: buffer sizes, half-closure and linger act, the others are kept. */
final class SimulatedStreamConfig extends SimulatedConfig<SocketChannelConfig> implements SocketChannelConfig {

    private static final int DEFAULT_SEND_BUFFER_BYTES = 87_380;
    private static final int DEFAULT_RECEIVE_BUFFER_BYTES = 4 << 20;

    SimulatedStreamConfig(SimulatedStreamChannel channel, Readiness readiness) {
        super(channel, readiness, defaults());
    }

    private static OptionStore defaults() {
        return new OptionStore()
                .with(ChannelOption.SO_SNDBUF, DEFAULT_SEND_BUFFER_BYTES)
                .with(ChannelOption.SO_RCVBUF, DEFAULT_RECEIVE_BUFFER_BYTES)
                .with(ChannelOption.SO_LINGER, -1)
                .with(ChannelOption.IP_TOS, 0)
                .with(ChannelOption.TCP_NODELAY, true)
                .with(ChannelOption.SO_KEEPALIVE, false)
                .with(ChannelOption.SO_REUSEADDR, false)
                .with(ChannelOption.ALLOW_HALF_CLOSURE, false);
    }

    @Override
    SocketChannelConfig self() {
        return this;
    }

    @Override
    public int getSendBufferSize() {
        return options().getInt(ChannelOption.SO_SNDBUF);
    }

    @Override
    public SocketChannelConfig setSendBufferSize(int bytes) {
        return keep(ChannelOption.SO_SNDBUF, bytes);
    }

    @Override
    public int getSoLinger() {
        return options().getInt(ChannelOption.SO_LINGER);
    }

    @Override
    public SocketChannelConfig setSoLinger(int seconds) {
        return keep(ChannelOption.SO_LINGER, seconds);
    }

    @Override
    public int getTrafficClass() {
        return options().getInt(ChannelOption.IP_TOS);
    }

    @Override
    public SocketChannelConfig setTrafficClass(int trafficClass) {
        return keep(ChannelOption.IP_TOS, trafficClass);
    }

    @Override
    public boolean isTcpNoDelay() {
        return options().getBoolean(ChannelOption.TCP_NODELAY);
    }

    @Override
    public SocketChannelConfig setTcpNoDelay(boolean noDelay) {
        return keep(ChannelOption.TCP_NODELAY, noDelay);
    }

    @Override
    public boolean isKeepAlive() {
        return options().getBoolean(ChannelOption.SO_KEEPALIVE);
    }

    @Override
    public SocketChannelConfig setKeepAlive(boolean keepAlive) {
        return keep(ChannelOption.SO_KEEPALIVE, keepAlive);
    }

    @Override
    public boolean isAllowHalfClosure() {
        return options().getBoolean(ChannelOption.ALLOW_HALF_CLOSURE);
    }

    @Override
    public SocketChannelConfig setAllowHalfClosure(boolean allow) {
        return keep(ChannelOption.ALLOW_HALF_CLOSURE, allow);
    }

    /** The ways in which a JDK socket may be tuned; there is nothing to tune here. */
    @Override
    public SocketChannelConfig setPerformancePreferences(int connectionTime, int latency, int bandwidth) {
        return this;
    }
}
