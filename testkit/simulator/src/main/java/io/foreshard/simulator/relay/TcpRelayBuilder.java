package io.foreshard.simulator.relay;

import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;

/** Configures a {@link TcpRelay}. Not thread-safe. */
public final class TcpRelayBuilder extends RelayBuilder<TcpRelayBuilder> {

    private static final long DEFAULT_MAX_HELD_BYTES = 4L << 20;

    private int maxConnections = 256;

    TcpRelayBuilder(EventLoopGroup group, InetSocketAddress target) {
        super(group, target, DEFAULT_MAX_HELD_BYTES);
    }

    /**
     * Sets how much may be under way in each direction of a connection; then the relay stops reading. Less than rate times delay
     * limits the throughput, as a TCP window does.
     *
     * @param bytes above 0; 4 MiB unless set
     * @return this
     */
    @Override
    public TcpRelayBuilder maxHeldBytes(long bytes) {
        return super.maxHeldBytes(bytes);
    }

    /**
     * Sets how many connections there may be at once; more are reset.
     *
     * @param count above 0; 256 unless set
     * @return this
     */
    public TcpRelayBuilder maxConnections(int count) {
        check(count > 0, "maxConnections", count, "> 0");
        maxConnections = count;
        return this;
    }

    /**
     * Binds the relay and starts forwarding; capacity traces and outages start now. Blocks until it is bound, so it must not be
     * called on a loop of the group.
     *
     * @return a running relay, to be closed by the caller
     */
    public TcpRelay start() {
        TcpRelay relay = new TcpRelay(this);
        relay.bind(bindAddress());
        return relay;
    }

    @Override
    TcpRelayBuilder self() {
        return this;
    }

    int maxConnections() {
        return maxConnections;
    }
}
