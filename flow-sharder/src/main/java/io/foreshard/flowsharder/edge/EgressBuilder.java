package io.foreshard.flowsharder.edge;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.flowsharder.scheduling.EarliestCompletionFirst;
import io.foreshard.flowsharder.scheduling.FlowSchedulers;
import io.foreshard.flowsharder.session.SessionLimits;
import io.foreshard.flowsharder.spi.StreamScheduler;
import io.foreshard.flowsharder.wire.JoinKey;
import io.foreshard.runtime.Checks;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Configures an {@link Egress}. Each method checks its own value. Not thread-safe. */
public final class EgressBuilder {

    private static final Duration LEAST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration MOST_TIMEOUT = Duration.ofMinutes(10);

    private final EventLoopGroup group;
    private final JoinKey key;
    private SocketAddress localAddress = new InetSocketAddress(0);
    private Predicate<InetSocketAddress> allowed = target -> true;
    private SessionLimits limits = SessionLimits.defaults();
    private FlowSchedulers schedulers = FlowSchedulers.all(EarliestCompletionFirst::new);
    private long memoryBytes = 64L << 20;
    private int mostSessions = 4096;
    private int mostJoining = 1024;
    private Duration joinTimeout = Duration.ofSeconds(3);
    private Duration connectTimeout = Duration.ofSeconds(10);
    private ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
    private @Nullable AddressResolverGroup<?> resolver;
    private InstantSource wallClock = InstantSource.system();
    private RandomGenerator random = new SecureRandom();
    private EngineObserver observer = EngineObserver.NOOP;
    private EdgeSockets.@Nullable Factories factories;

    EgressBuilder(EventLoopGroup group, byte[] secret) {
        this.group = group;
        key = new JoinKey(secret);
    }

    /**
     * Sets where legs are accepted.
     *
     * @param address any free port unless set
     * @return this
     */
    public EgressBuilder localAddress(SocketAddress address) {
        localAddress = address;
        return this;
    }

    /**
     * Sets which targets flows may go to, after their names were resolved.
     *
     * @param targets called on event loops; what it throws refuses the flow; all unless set
     * @return this
     */
    public EgressBuilder allowedTargets(Predicate<InetSocketAddress> targets) {
        allowed = targets;
        return this;
    }

    /**
     * Sets what chooses legs for pieces.
     *
     * @param factory makes one for each session; {@link EarliestCompletionFirst} unless set
     * @return this
     */
    public EgressBuilder scheduler(Supplier<StreamScheduler> factory) {
        return schedulers(FlowSchedulers.all(factory));
    }

    /**
     * Sets what chooses legs for the pieces of which flows.
     *
     * @param choice the same for all flows unless set
     * @return this
     */
    public EgressBuilder schedulers(FlowSchedulers choice) {
        schedulers = choice;
        return this;
    }

    /**
     * Sets how much all flows of an event loop may hold out of order, and unread beyond 128 KiB of each. Within these they may hold as much
     * again, or 64 MiB if that is more; then new flows are refused.
     *
     * @param bytes not negative; 64 MiB unless set
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public EgressBuilder memoryBytes(long bytes) {
        memoryBytes = Checks.notNegative("memoryBytes", bytes);
        return this;
    }

    /**
     * Sets how many flows a session may have at once.
     *
     * @param flows above 0; 16384 unless set
     * @return this
     * @throws IllegalArgumentException if it is not above 0
     */
    public EgressBuilder mostFlows(int flows) {
        limits = limits.withMostFlows(Checks.positive("mostFlows", flows));
        return this;
    }

    /**
     * Sets how much one flow may have under way at most: twice what all legs pass in the longest round trip is enough.
     *
     * @param bytes at least 128 KiB; 16 MiB unless set
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public EgressBuilder mostFlowBytes(long bytes) {
        limits = limits.withMostWindowBytes(
                Checks.inRange("mostFlowBytes", bytes, limits.leastWindowBytes(), Long.MAX_VALUE));
        return this;
    }

    /**
     * Sets for how long flows outlive their last leg; the same at both edges.
     *
     * @param time 1 ms to 1 h; 30 s unless set
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public EgressBuilder resumeWithin(Duration time) {
        limits = limits.withResumeNanos(
                Checks.duration("resumeWithin", time, Duration.ofMillis(1), Duration.ofHours(1)));
        return this;
    }

    /**
     * Sets how many sessions there may be.
     *
     * @param sessions above 0; 4096 unless set
     * @return this
     * @throws IllegalArgumentException if it is not above 0
     */
    public EgressBuilder mostSessions(int sessions) {
        mostSessions = Checks.positive("mostSessions", sessions);
        return this;
    }

    /**
     * Sets how many legs a session may have at once. One that moves has two for a moment.
     *
     * @param legs above 0; 128 unless set
     * @return this
     * @throws IllegalArgumentException if it is not above 0
     */
    public EgressBuilder mostLegs(int legs) {
        limits = limits.withMostLegs(Checks.positive("mostLegs", legs));
        return this;
    }

    /**
     * Sets how many connections on each event loop may not have shown their tokens yet. One more closes the oldest of them: an edge needs
     * no longer than a round trip, so it takes many strangers to keep it out.
     *
     * @param connections above 0; 1024 unless set
     * @return this
     * @throws IllegalArgumentException if it is not above 0
     */
    public EgressBuilder mostJoining(int connections) {
        mostJoining = Checks.positive("mostJoining", connections);
        return this;
    }

    /**
     * Sets how long a connection may take to show its token.
     *
     * @param timeout 1 ms to 10 min; 3 s unless set
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public EgressBuilder joinTimeout(Duration timeout) {
        Checks.duration("joinTimeout", timeout, LEAST_TIMEOUT, MOST_TIMEOUT);
        joinTimeout = timeout;
        return this;
    }

    /**
     * Sets how long connecting to a target may take.
     *
     * @param timeout 1 ms to 10 min; 10 s unless set
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public EgressBuilder connectTimeout(Duration timeout) {
        Checks.duration("connectTimeout", timeout, LEAST_TIMEOUT, MOST_TIMEOUT);
        connectTimeout = timeout;
        return this;
    }

    /**
     * Sets where buffers come from.
     *
     * @param source Netty's default unless set
     * @return this
     */
    public EgressBuilder allocator(ByteBufAllocator source) {
        allocator = source;
        return this;
    }

    /**
     * Sets what resolves names of targets. Unless set, the JDK asks the system for them, on at most 8 daemon threads that are there only while
     * names are looked up; as many as 1024 look-ups may wait. What is set here must not block event loops, and stays the caller's to close.
     *
     * @param names the system's unless set
     * @return this
     */
    public EgressBuilder resolver(AddressResolverGroup<?> names) {
        resolver = names;
        return this;
    }

    /**
     * Sets the clock of tokens' expiry and what draws numbers that nobody may guess; for simulations.
     *
     * @param clock the system's unless set
     * @param numbers a {@link SecureRandom} unless set
     * @return this
     */
    public EgressBuilder simulated(InstantSource clock, RandomGenerator numbers) {
        wallClock = clock;
        random = numbers;
        return this;
    }

    /**
     * Sets who is told of what is counted.
     *
     * @param told nobody unless set
     * @return this
     */
    public EgressBuilder observer(EngineObserver told) {
        observer = told;
        return this;
    }

    /**
     * Sets what makes channels.
     *
     * @param servers of listening ones
     * @param clients of connecting ones; those that fit the event loops unless set
     * @return this
     */
    public EgressBuilder channelFactories(
            ChannelFactory<? extends ServerSocketChannel> servers, ChannelFactory<? extends SocketChannel> clients) {
        factories = new EdgeSockets.Factories(servers, clients);
        return this;
    }

    /** Makes the egress; returns a future of it, bound. */
    public Future<Egress> start() {
        EgressSettings settings = new EgressSettings(
                key,
                allowed,
                limits,
                schedulers,
                memoryBytes,
                joinTimeout.toNanos(),
                connectTimeout.toNanos(),
                mostSessions,
                mostJoining,
                allocator,
                resolver == null ? new SystemNames() : resolver,
                wallClock,
                random,
                observer);
        EdgeSockets sockets = new EdgeSockets(group, allocator, factories);
        return DefaultEgress.start(settings, sockets, localAddress, group.next());
    }
}
