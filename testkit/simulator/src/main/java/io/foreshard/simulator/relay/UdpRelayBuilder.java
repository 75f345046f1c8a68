package io.foreshard.simulator.relay;

import io.foreshard.simulator.link.Impairment;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;

/** Configures a {@link UdpRelay}. Not thread-safe. */
public final class UdpRelayBuilder extends RelayBuilder<UdpRelayBuilder> {

    private static final long DEFAULT_MAX_HELD_BYTES = 64L << 20;

    private int maxClients = 1024;
    private int maxDatagramBytes = 9216;

    UdpRelayBuilder(EventLoopGroup group, InetSocketAddress target) {
        super(group, target, DEFAULT_MAX_HELD_BYTES);
    }

    /**
     * Sets how much payload may be under way in each direction; more is dropped.
     *
     * @param bytes above 0; 64 MiB unless set
     * @return this
     */
    @Override
    public UdpRelayBuilder maxHeldBytes(long bytes) {
        return super.maxHeldBytes(bytes);
    }

    /**
     * Sets the longest datagram that the relay can read; the end of a longer one is cut off. Large values cost throughput.
     *
     * @param bytes 1…65507; 9216 unless set
     * @return this
     */
    public UdpRelayBuilder maxDatagramBytes(int bytes) {
        check(bytes > 0 && bytes <= Impairment.LARGEST_DATAGRAM_BYTES, "maxDatagramBytes", bytes, "1 ... 65507");
        maxDatagramBytes = bytes;
        return this;
    }

    /**
     * Sets how many clients have a socket of their own towards the target; the one silent for longest gives way to another.
     *
     * @param count above 0; 1024 unless set
     * @return this
     */
    public UdpRelayBuilder maxClients(int count) {
        check(count > 0, "maxClients", count, "> 0");
        maxClients = count;
        return this;
    }

    /**
     * Binds the relay and starts forwarding; capacity traces and outages start now. Blocks until it is bound, so it must not be
     * called on a loop of the group.
     *
     * @return a running relay, to be closed by the caller
     */
    public UdpRelay start() {
        UdpRelay relay = new UdpRelay(this);
        relay.bind(bindAddress());
        return relay;
    }

    @Override
    UdpRelayBuilder self() {
        return this;
    }

    int maxDatagramBytes() {
        return maxDatagramBytes;
    }

    int maxClients() {
        return maxClients;
    }
}
