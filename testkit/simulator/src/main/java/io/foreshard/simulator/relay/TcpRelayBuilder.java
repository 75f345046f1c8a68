package io.foreshard.simulator.relay;

import io.foreshard.simulator.link.Impairment;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Configures a {@link TcpRelay}. Not thread-safe. */
public final class TcpRelayBuilder {

    private final EventLoopGroup group;
    private final InetSocketAddress target;
    private InetSocketAddress bindAddress = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private Impairment toTarget = Impairment.none();
    private Impairment toClients = Impairment.none();
    private long toTargetSeed = 1;
    private long toClientsSeed = 2;
    private long maxHeldBytes = 4L << 20;
    private int maxConnections = 256;

    TcpRelayBuilder(EventLoopGroup group, InetSocketAddress target) {
        this.group = group;
        this.target = target;
    }

    /**
     * Sets where clients reach the relay.
     *
     * @param address a free port of the loopback interface unless set
     * @return this
     */
    public TcpRelayBuilder bindAddress(InetSocketAddress address) {
        bindAddress = address;
        return this;
    }

    /**
     * Sets what happens to bytes on their way to the target. All connections share this bottleneck.
     *
     * @param impairment nothing happens unless set
     * @return this
     */
    public TcpRelayBuilder toTarget(Impairment impairment) {
        toTarget = impairment;
        return this;
    }

    /**
     * Sets what happens to bytes on their way back. All connections share this bottleneck.
     *
     * @param impairment nothing happens unless set
     * @return this
     */
    public TcpRelayBuilder toClients(Impairment impairment) {
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
    public TcpRelayBuilder seeds(long toTarget, long toClients) {
        toTargetSeed = toTarget;
        toClientsSeed = toClients;
        return this;
    }

    /**
     * Sets how much may be under way in each direction of a connection; then the relay stops reading. Less than rate times delay
     * limits the throughput, as a TCP window does.
     *
     * @param bytes above 0; 4 MiB unless set
     * @return this
     */
    public TcpRelayBuilder maxHeldBytes(long bytes) {
        check(bytes > 0, "maxHeldBytes", bytes, "> 0");
        maxHeldBytes = bytes;
        return this;
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

    int maxConnections() {
        return maxConnections;
    }

    private static void check(boolean condition, String name, Object value, String expected) {
        if (!condition) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
