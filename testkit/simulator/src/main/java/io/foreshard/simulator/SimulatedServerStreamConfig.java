package io.foreshard.simulator;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ServerSocketChannelConfig;

/** The options of a simulated listening socket: the backlog acts, the others are kept. */
final class SimulatedServerStreamConfig extends SimulatedConfig<ServerSocketChannelConfig>
        implements ServerSocketChannelConfig {

    private static final int DEFAULT_BACKLOG = 128;
    private static final int DEFAULT_RECEIVE_BUFFER_BYTES = 4 << 20;

    SimulatedServerStreamConfig(SimulatedServerStreamChannel channel, Readiness readiness) {
        super(channel, readiness, defaults());
    }

    private static OptionStore defaults() {
        return new OptionStore()
                .with(ChannelOption.SO_BACKLOG, DEFAULT_BACKLOG)
                .with(ChannelOption.SO_RCVBUF, DEFAULT_RECEIVE_BUFFER_BYTES)
                .with(ChannelOption.SO_REUSEADDR, false);
    }

    @Override
    ServerSocketChannelConfig self() {
        return this;
    }

    @Override
    public int getBacklog() {
        return options().getInt(ChannelOption.SO_BACKLOG);
    }

    @Override
    public ServerSocketChannelConfig setBacklog(int connections) {
        return keep(ChannelOption.SO_BACKLOG, connections);
    }

    /** The ways in which a JDK socket may be tuned; there is nothing to tune here. */
    @Override
    public ServerSocketChannelConfig setPerformancePreferences(int connectionTime, int latency, int bandwidth) {
        return this;
    }
}
