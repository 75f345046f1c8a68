package io.foreshard.simulator.relay;

import io.foreshard.simulator.link.Impairment;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Configures a {@link UdpRelay}. Not thread-safe. */
public final class UdpRelayBuilder {

    private final EventLoopGroup group;
    private final InetSocketAddress target;
    private InetSocketAddress bindAddress = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private Impairment toTarget = Impairment.none();
    private Impairment toClients = Impairment.none();
    private long toTargetSeed = 1;
    private long toClientsSeed = 2;
    private long maxHeldBytes = 64L << 20;
    private int maxClients = 1024;
    private int maxDatagramBytes = 9216;

    UdpRelayBuilder(EventLoopGroup group, InetSocketAddress target) {
        this.group = group;
        this.target = target;
    }

    /**
     * Sets where clients reach the relay.
     *
     * @param address a free port of the loopback interface unless set
     * @return this
     */
    public UdpRelayBuilder bindAddress(InetSocketAddress address) {
        bindAddress = address;
        return this;
    }

    /**
     * Sets what happens to datagrams on their way to the target. All clients share this bottleneck.
     *
     * @param impairment nothing happens unless set
     * @return this
     */
    public UdpRelayBuilder toTarget(Impairment impairment) {
        toTarget = impairment;
        return this;
    }

    /**
     * Sets what happens to datagrams on their way back. All clients share this bottleneck.
     *
     * @param impairment nothing happens unless set
     * @return this
     */
    public UdpRelayBuilder toClients(Impairment impairment) {
        toClients = impairment;
        return this;
    }

    /**
     * Sets what decides all that is random.
     *
     * @param toTarget the seed of the way there
     * @param toClients the seed of the way back
     * @return this
     */
    public UdpRelayBuilder seeds(long toTarget, long toClients) {
        toTargetSeed = toTarget;
        toClientsSeed = toClients;
        return this;
    }

    /**
     * Sets how much payload may be under way in each direction; more is dropped.
     *
     * @param bytes above 0; 64 MiB unless set
     * @return this
     */
    public UdpRelayBuilder maxHeldBytes(long bytes) {
        check(bytes > 0, "maxHeldBytes", bytes, "> 0");
        maxHeldBytes = bytes;
        return this;
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
        relay.bind(bindAddress);
        return relay;
    }

    EventLoopGroup group() {
        return group;
    }

    InetSocketAddress target() {
        return target;
    }

    Impairment toTarget() {
        return toTarget;
    }

    Impairment toClients() {
        return toClients;
    }

    long toTargetSeed() {
        return toTargetSeed;
    }

    long toClientsSeed() {
        return toClientsSeed;
    }

    long maxHeldBytes() {
        return maxHeldBytes;
    }

    int maxDatagramBytes() {
        return maxDatagramBytes;
    }

    int maxClients() {
        return maxClients;
    }

    private static void check(boolean condition, String name, Object value, String expected) {
        if (!condition) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
