package io.foreshard.flowsharder.edge;

import io.foreshard.runtime.Checks;
import io.netty.channel.EventLoopGroup;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Configures an {@link Egress}. Each method checks its own value. Not thread-safe. */
public final class EgressBuilder extends EdgeBuilder<EgressBuilder> {

    private SocketAddress localAddress = new InetSocketAddress(0);
    private Predicate<InetSocketAddress> allowed = target -> true;
    private int mostSessions = 4096;
    private int mostJoining = 1024;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private @Nullable AddressResolverGroup<?> resolver;

    EgressBuilder(EventLoopGroup group, byte[] secret) {
        super(group, secret);
    }

    @Override
    EgressBuilder self() {
        return this;
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
     * Sets how many connections on each event loop may not have shown their tokens yet. One more closes the oldest from
     * the address that has most of them (of IPv6, its first 64 bits): who floods from few addresses pushes out himself. An edge needs no longer
     * than a round trip, so it takes many strangers from many addresses to keep it out.
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
     * Sets what resolves names of targets. Must not block event loops, and stays the caller's to close. Unless set, event loops ask the
     * system's name servers themselves, after its file of hosts; 1024 look-ups may wait on each. That needs event loops of epoll or NIO.
     *
     * @param names the system's name servers unless set
     * @return this
     */
    public EgressBuilder resolver(AddressResolverGroup<?> names) {
        resolver = names;
        return this;
    }

    /** Makes the egress; returns a future of it, bound. */
    public Future<Egress> start() {
        EdgeSockets sockets = sockets();
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
                resolver == null ? sockets.names() : resolver,
                wallClock,
                random,
                observer);
        return DefaultEgress.start(settings, sockets, localAddress, group.next());
    }
}
