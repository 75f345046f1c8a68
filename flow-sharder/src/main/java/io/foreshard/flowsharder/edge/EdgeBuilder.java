package io.foreshard.flowsharder.edge;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.flowsharder.scheduling.EarliestCompletionFirst;
import io.foreshard.flowsharder.scheduling.FlowSchedulers;
import io.foreshard.flowsharder.session.SessionLimits;
import io.foreshard.flowsharder.socket.Sockets;
import io.foreshard.flowsharder.spi.StreamScheduler;
import io.foreshard.flowsharder.wire.JoinKey;
import io.foreshard.runtime.Checks;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What both edges are configured with. Each method checks its own value. Not thread-safe.
 *
 * @param <B> the kind of builder
 */
public abstract sealed class EdgeBuilder<B extends EdgeBuilder<B>> permits IngressBuilder, EgressBuilder {

    static final Duration LEAST_TIMEOUT = Duration.ofMillis(1);
    static final Duration MOST_TIMEOUT = Duration.ofMinutes(10);

    final EventLoopGroup group;
    final JoinKey key;
    SessionLimits limits = SessionLimits.defaults();
    FlowSchedulers schedulers = FlowSchedulers.all(EarliestCompletionFirst::new);
    long memoryBytes = 64L << 20;
    Duration joinTimeout = Duration.ofSeconds(3);
    ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
    InstantSource wallClock = InstantSource.system();
    RandomGenerator random = new SecureRandom();
    EngineObserver observer = EngineObserver.NOOP;
    private @Nullable Sockets custom;

    EdgeBuilder(EventLoopGroup group, byte[] secret) {
        this.group = group;
        key = new JoinKey(secret);
    }

    abstract B self();

    /**
     * Sets what chooses legs for pieces.
     *
     * @param factory makes one for each session; {@link EarliestCompletionFirst} unless set
     * @return this
     */
    public B scheduler(Supplier<StreamScheduler> factory) {
        return schedulers(FlowSchedulers.all(factory));
    }

    /**
     * Sets what chooses legs for the pieces of which flows.
     *
     * @param choice the same for all flows unless set
     * @return this
     */
    public B schedulers(FlowSchedulers choice) {
        schedulers = choice;
        return self();
    }

    /**
     * Sets how much all flows of an event loop may hold out of order, and unread beyond 128 KiB of each. Within these they may hold as much
     * again, or 64 MiB if that is more; then new flows are refused.
     *
     * @param bytes not negative; 64 MiB unless set
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public B memoryBytes(long bytes) {
        memoryBytes = Checks.notNegative("memoryBytes", bytes);
        return self();
    }

    /**
     * Sets how many flows a session may have at once.
     *
     * @param flows above 0; 16384 unless set
     * @return this
     * @throws IllegalArgumentException if it is not above 0
     */
    public B mostFlows(int flows) {
        limits = limits.withMostFlows(Checks.positive("mostFlows", flows));
        return self();
    }

    /**
     * Sets how much one flow may have under way at most: twice what all legs pass in the longest round trip is enough.
     *
     * @param bytes at least 128 KiB; 16 MiB unless set
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public B mostFlowBytes(long bytes) {
        limits = limits.withMostWindowBytes(
                Checks.inRange("mostFlowBytes", bytes, limits.leastWindowBytes(), Long.MAX_VALUE));
        return self();
    }

    /**
     * Sets for how long flows outlive their last leg; the same at both edges.
     *
     * @param time 1 ms to 1 h; 30 s unless set
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public B resumeWithin(Duration time) {
        limits = limits.withResumeNanos(
                Checks.duration("resumeWithin", time, Duration.ofMillis(1), Duration.ofHours(1)));
        return self();
    }

    /**
     * Sets how long joining may take: at the ingress to open a leg, at the egress to show a token on a connection.
     *
     * @param timeout 1 ms to 10 min; 3 s unless set
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public B joinTimeout(Duration timeout) {
        Checks.duration("joinTimeout", timeout, LEAST_TIMEOUT, MOST_TIMEOUT);
        joinTimeout = timeout;
        return self();
    }

    /**
     * Sets where buffers come from.
     *
     * @param source Netty's default unless set
     * @return this
     */
    public B allocator(ByteBufAllocator source) {
        allocator = source;
        return self();
    }

    /**
     * Sets the clock of tokens' expiry and what draws numbers that nobody may guess; for simulations.
     *
     * @param clock the system's unless set
     * @param numbers a {@link SecureRandom} unless set
     * @return this
     */
    public B simulated(InstantSource clock, RandomGenerator numbers) {
        wallClock = clock;
        random = numbers;
        return self();
    }

    /**
     * Sets who is told of what is counted.
     *
     * @param told nobody unless set
     * @return this
     */
    public B observer(EngineObserver told) {
        observer = told;
        return self();
    }

    /**
     * Sets what makes channels.
     *
     * @param servers of listening ones
     * @param clients of connecting ones; those that fit the event loops unless set
     * @return this
     */
    public B channelFactories(
            ChannelFactory<? extends ServerSocketChannel> servers, ChannelFactory<? extends SocketChannel> clients) {
        custom = Sockets.custom(group, servers, clients);
        return self();
    }

    EdgeSockets sockets() {
        return new EdgeSockets(group, allocator, custom);
    }
}
