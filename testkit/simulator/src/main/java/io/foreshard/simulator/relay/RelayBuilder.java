package io.foreshard.simulator.relay;

import io.foreshard.simulator.link.ImpairedLink;
import io.foreshard.simulator.link.Impairment;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * What the relays have in common: two sides, and an impairment with a seed for each way between them.
 *
 * @param <B> the builder that the setters return
 */
abstract class RelayBuilder<B extends RelayBuilder<B>> {

    private final EventLoopGroup group;
    private final InetSocketAddress target;
    private InetSocketAddress bindAddress = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private Impairment toTarget = Impairment.none();
    private Impairment toClients = Impairment.none();
    private long toTargetSeed = 1;
    private long toClientsSeed = 2;
    private long maxHeldBytes;

    RelayBuilder(EventLoopGroup group, InetSocketAddress target, long maxHeldBytes) {
        this.group = group;
        this.target = target;
        this.maxHeldBytes = maxHeldBytes;
    }

    /**
     * Sets where clients reach the relay.
     *
     * @param address a free port of the loopback interface unless set
     * @return this
     */
    public B bindAddress(InetSocketAddress address) {
        bindAddress = address;
        return self();
    }

    /**
     * Sets what happens to traffic on its way to the target. All clients share this bottleneck.
     *
     * @param impairment nothing happens unless set
     * @return this
     */
    public B toTarget(Impairment impairment) {
        toTarget = impairment;
        return self();
    }

    /**
     * Sets what happens to traffic on its way back. All clients share this bottleneck.
     *
     * @param impairment nothing happens unless set
     * @return this
     */
    public B toClients(Impairment impairment) {
        toClients = impairment;
        return self();
    }

    /**
     * Sets what decides all that is random.
     *
     * @param toTarget the seed of the way there
     * @param toClients the seed of the way back
     * @return this
     */
    public B seeds(long toTarget, long toClients) {
        toTargetSeed = toTarget;
        toClientsSeed = toClients;
        return self();
    }

    /**
     * Sets how many bytes may be under way in each direction.
     *
     * @param bytes above 0
     * @return this
     */
    public B maxHeldBytes(long bytes) {
        check(bytes > 0, "maxHeldBytes", bytes, "> 0");
        maxHeldBytes = bytes;
        return self();
    }

    abstract B self();

    EventLoop nextLoop() {
        return group.next();
    }

    InetSocketAddress target() {
        return target;
    }

    InetSocketAddress bindAddress() {
        return bindAddress;
    }

    ImpairedLink linkToTarget(long startNanos) {
        return new ImpairedLink(toTarget, toTargetSeed, startNanos);
    }

    ImpairedLink linkToClients(long startNanos) {
        return new ImpairedLink(toClients, toClientsSeed, startNanos);
    }

    long maxHeldBytes() {
        return maxHeldBytes;
    }

    static void check(boolean condition, String name, Object value, String expected) {
        if (!condition) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
