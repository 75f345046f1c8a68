package io.foreshard.simulator;

import io.foreshard.simulator.link.Impairment;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Ticker;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A network of nodes in virtual time. The same seed and the same program give the same run, event by event.
 *
 * <p>Everything happens on the thread that made the simulation, inside {@link #runFor}, {@link #runUntil} and {@link #await}. Between
 * those calls no loop runs, and {@code inEventLoop()} is {@code false} for all of them, as for an application thread in production:
 * what is called then on a channel is queued to its loop. Never block on a future there, for nobody would complete it; use
 * {@link #await}.
 */
public final class Simulation implements AutoCloseable {

    /** Away from 0, which code is tempted to take for "never". */
    private static final long START_NANOS = 1_000_000_000L;

    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(1);

    private final long seed;
    private final SeededRandom random;
    private final Scheduler scheduler;
    private final Network network;
    private final List<SimulatedNode> nodes = new ArrayList<>();

    /**
     * Starts an empty network at virtual time 1 s.
     *
     * @param seed decides the order of simultaneous turns and all that is random in links
     */
    public Simulation(long seed) {
        this.seed = seed;
        SplittableRandom root = new SplittableRandom(seed);
        scheduler = new Scheduler(new VirtualTicker(START_NANOS), root.split());
        network = new Network(scheduler, root.split());
        random = new SeededRandom(root.nextLong());
    }

    /**
     * Returns the seed.
     *
     * @return what was handed to the constructor
     */
    public long seed() {
        return seed;
    }

    /**
     * Returns randomness for the test itself, which follows from the seed.
     *
     * @return always the same generator
     */
    public SeededRandom random() {
        return random;
    }

    /**
     * Returns the virtual time.
     *
     * @return nanoseconds
     */
    public long nowNanos() {
        return scheduler.nowNanos();
    }

    /**
     * Returns the virtual clock, which is also that of all loops.
     *
     * @return a ticker that cannot sleep
     */
    public Ticker ticker() {
        return scheduler.ticker();
    }

    /**
     * Configures a node.
     *
     * @param address its first IP address
     * @return a builder whose {@code build()} adds the node
     */
    public SimulatedNodeBuilder node(String address) {
        return new SimulatedNodeBuilder(address, this::install);
    }

    /**
     * Adds a node with one address and an unlimited interface.
     *
     * @param address its IP address
     * @param loops the number of its event loops
     * @return the node
     */
    public SimulatedNode addNode(String address, int loops) {
        return node(address).loops(loops).build();
    }

    /**
     * Links the first addresses of two nodes, both directions alike.
     *
     * @param one a node
     * @param other another node
     * @param both what each direction does
     */
    public void connect(SimulatedNode one, SimulatedNode other, Impairment both) {
        connect(one, other, both, both);
    }

    /**
     * Links the first addresses of two nodes.
     *
     * @param one a node
     * @param other another node
     * @param forth what happens from the one to the other
     * @param back what happens from the other to the one
     */
    public void connect(SimulatedNode one, SimulatedNode other, Impairment forth, Impairment back) {
        connect(one.address(), other.address(), forth);
        connect(other.address(), one.address(), back);
    }

    /**
     * Makes one direction of a link. It starts now, and with it its capacity trace and outages. A link that was there before is
     * replaced; what is under way on it still arrives.
     *
     * @param from an address of a node
     * @param to an address of another node
     * @param impairment what happens on the way
     * @return the link
     */
    public SimulatedLink connect(InetAddress from, InetAddress to, Impairment impairment) {
        return network.connect(from, to, impairment);
    }

    /**
     * Makes one direction of a link with its own seed, for the same decisions as a relay or another simulation with that seed.
     *
     * @param from an address of a node
     * @param to an address of another node
     * @param impairment what happens on the way
     * @param linkSeed decides all that is random on this link
     * @return the link
     */
    public SimulatedLink connect(InetAddress from, InetAddress to, Impairment impairment, long linkSeed) {
        return network.connect(from, to, impairment, linkSeed);
    }

    /**
     * Cuts both directions between the first addresses of two nodes. What is under way still arrives.
     *
     * @param one a node
     * @param other another node
     */
    public void disconnect(SimulatedNode one, SimulatedNode other) {
        network.disconnect(one.address(), other.address());
        network.disconnect(other.address(), one.address());
    }

    /**
     * Puts a NAT in front of a node: others see its datagrams come from another address.
     *
     * @param inside the node, with its links made under its own first address
     * @param publicAddress an IP address that no node has
     * @return the NAT, which can be made to forget its ports
     */
    public SimulatedNat addNat(SimulatedNode inside, String publicAddress) {
        return network.addNat(inside.address(), Addresses.parse("publicAddress", publicAddress));
    }

    /**
     * Returns one direction of a link between the first addresses of two nodes.
     *
     * @param from the sending node
     * @param to the receiving node
     * @return the link
     */
    public SimulatedLink link(SimulatedNode from, SimulatedNode to) {
        SimulatedLink link = network.link(from.address(), to.address());
        if (link == null) {
            throw new IllegalArgumentException("link: from " + from + " to " + to + " (expected: connected before)");
        }
        return link;
    }

    /**
     * Watches every datagram.
     *
     * @param observer is called inside the run, in order of time; must not block
     */
    public void observe(Consumer<PacketEvent> observer) {
        network.observe(observer);
    }

    /**
     * Runs an action later, outside all loops: to script a scenario.
     *
     * @param delay from now on
     * @param action what to do, once
     */
    public void schedule(Duration delay, Runnable action) {
        scheduler.at(nowNanos() + delay.toNanos(), action);
    }

    /**
     * Lets virtual time pass.
     *
     * @param duration how long
     */
    public void runFor(Duration duration) {
        runUntil(() -> false, duration);
    }

    /**
     * Lets virtual time pass until something is true.
     *
     * @param condition asked before the first and after each step
     * @param limit how long to wait at most
     * @return whether it became true; if so, time stands where it did
     */
    public boolean runUntil(BooleanSupplier condition, Duration limit) {
        scheduler.checkIdle();
        long limitNanos = nowNanos() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (!scheduler.step(limitNanos)) {
                scheduler.ticker().advanceTo(limitNanos);
                return condition.getAsBoolean();
            }
        }
        return true;
    }

    /**
     * Lets virtual time pass until a future is done.
     *
     * @param future what to wait for
     * @param limit how long to wait at most
     * @param <T> its type
     * @return its value
     * @throws IllegalStateException when it is not done in time
     * @throws CompletionException when it failed; the cause is the future's
     */
    public <T> @Nullable T await(Future<T> future, Duration limit) {
        if (!runUntil(future::isDone, limit)) {
            throw new IllegalStateException("future: " + future + " (expected: done within " + limit + ")");
        }
        if (!future.isSuccess()) {
            throw new CompletionException(future.cause());
        }
        return future.getNow();
    }

    /** Closes all channels and loops. Tasks of the loops still run; links deliver nothing more to closed channels. */
    @Override
    public void close() {
        nodes.forEach(node -> node.eventLoopGroup().shutdownGracefully());
        runUntil(() -> nodes.stream().allMatch(node -> node.eventLoopGroup().isTerminated()), SHUTDOWN_LIMIT);
    }

    private SimulatedNode install(SimulatedNodeBuilder builder) {
        SimulatedNode node = new SimulatedNode(network, builder);
        builder.addresses().forEach(address -> network.addAddress(address, node));
        nodes.add(node);
        return node;
    }
}
