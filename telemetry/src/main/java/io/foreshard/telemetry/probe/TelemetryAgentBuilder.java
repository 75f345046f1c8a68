package io.foreshard.telemetry.probe;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.runtime.Checks;
import io.foreshard.telemetry.PathProfiles;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Configures a {@link TelemetryAgent}. Not safe for use by several threads. Every method checks its value at once. */
public final class TelemetryAgentBuilder {

    private static final int MAX_PORT = 65_535;

    final EventLoopGroup group;
    /** To where their reflector is. */
    final Map<InetSocketAddress, InetSocketAddress> destinations = new LinkedHashMap<>();

    final Set<ProbeKind> kinds = EnumSet.noneOf(ProbeKind.class);
    private Duration interval = Duration.ofSeconds(1);
    private Duration timeout = Duration.ofMillis(900);
    private Duration hopInterval = Duration.ofSeconds(60);
    private int reflectorPort = StampSender.DEFAULT_REFLECTOR_PORT;
    private EngineObserver observer = EngineObserver.NOOP;
    private ProbeListener listener = ProbeListener.NOOP;
    private @Nullable RandomGenerator random;
    private @Nullable PathProfiles profiles;

    @Nullable
    Executor echoExecutor;

    @Nullable
    ChannelFactory<? extends DatagramChannel> datagramChannelFactory;

    @Nullable
    ChannelFactory<? extends Channel> streamChannelFactory;

    @Nullable
    InetAddress localAddress;

    @Nullable
    InetSocketAddress reflectAt;

    TelemetryAgentBuilder(EventLoopGroup group) {
        this.group = Objects.requireNonNull(group, "group");
    }

    /**
     * Adds a destination. Its STAMP reflector is at {@link #reflectorPort} of the same host.
     *
     * @param destination what engines ask for, resolved; at most 100
     * @return this
     */
    public TelemetryAgentBuilder destination(InetSocketAddress destination) {
        Checks.require(!destination.isUnresolved(), "destination", destination, "a resolved address");
        return destination(destination, new InetSocketAddress(destination.getAddress(), reflectorPort));
    }

    /**
     * Adds a destination whose reflector is elsewhere.
     *
     * @param destination what engines ask for, resolved; at most 100
     * @param reflector where its STAMP reflector listens, resolved
     * @return this
     */
    public TelemetryAgentBuilder destination(InetSocketAddress destination, InetSocketAddress reflector) {
        Checks.require(!destination.isUnresolved(), "destination", destination, "a resolved address");
        Checks.require(!reflector.isUnresolved(), "reflector", reflector, "a resolved address");
        destinations.put(destination, reflector);
        Checks.inRange("destinations", destinations.size(), 1, ProbeBuilder.MAX_DESTINATIONS);
        return this;
    }

    /**
     * Sets at which port the reflectors of destinations listen that are added from now on. Default: 862 (RFC 8762).
     *
     * @param port 1…65535
     * @return this
     */
    public TelemetryAgentBuilder reflectorPort(int port) {
        reflectorPort = Checks.inRange("reflectorPort", port, 1, MAX_PORT);
        return this;
    }

    /**
     * Adds kinds of probes. Default: {@link ProbeKind#STAMP} if none is named. For {@link ProbeKind#ECHO} there is {@link #echo}.
     *
     * @param more kinds to run
     * @return this
     */
    public TelemetryAgentBuilder probes(ProbeKind... more) {
        for (ProbeKind kind : more) {
            boolean known = kind != ProbeKind.ECHO || echoExecutor != null;
            Checks.require(known, "probes", kind, "echo(executor), as ICMP needs a thread that may block");
            kinds.add(kind);
        }
        return this;
    }

    /**
     * Adds the probe by ICMP echo.
     *
     * @param executor runs what blocks: a thread for each destination, or fewer and fewer probes
     * @return this
     */
    public TelemetryAgentBuilder echo(Executor executor) {
        echoExecutor = Objects.requireNonNull(executor, "executor");
        kinds.add(ProbeKind.ECHO);
        return this;
    }

    /**
     * Sets how often each destination is probed. Default: 1 s.
     *
     * @param interval 10 ms…1 h
     * @return this
     */
    public TelemetryAgentBuilder interval(Duration interval) {
        Checks.duration("interval", interval, ProbeBuilder.MIN_INTERVAL, ProbeBuilder.MAX_INTERVAL);
        this.interval = interval;
        return this;
    }

    /**
     * Sets how often the hops of each path are measured. Default: 60 s.
     *
     * @param interval 10 ms…1 h
     * @return this
     */
    public TelemetryAgentBuilder hopInterval(Duration interval) {
        Checks.duration("hopInterval", interval, ProbeBuilder.MIN_INTERVAL, ProbeBuilder.MAX_INTERVAL);
        hopInterval = interval;
        return this;
    }

    /**
     * Sets how long to wait for an answer. Default: 900 ms.
     *
     * @param timeout 1 ms…1 min, for STAMP at most 32 intervals
     * @return this
     */
    public TelemetryAgentBuilder timeout(Duration timeout) {
        Checks.duration("timeout", timeout, ProbeBuilder.MIN_TIMEOUT, ProbeBuilder.MAX_TIMEOUT);
        this.timeout = timeout;
        return this;
    }

    /**
     * Sets who is told what is counted.
     *
     * @param observer called on the probes' event loops
     * @return this
     */
    public TelemetryAgentBuilder observer(EngineObserver observer) {
        this.observer = Objects.requireNonNull(observer, "observer");
        return this;
    }

    /**
     * Sets who is told each outcome, such as a recorder.
     *
     * @param listener called on the probes' event loops, which may be several
     * @return this
     */
    public TelemetryAgentBuilder listener(ProbeListener listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
        return this;
    }

    /**
     * Sets profiles that learn from the outcomes too, such as those that transports and proxies feed with what they see. Only the first
     * kind of probe, in the order of {@link ProbeKind}, feeds them: the others measure something else besides. Default: none.
     *
     * @param profiles get a meter for each destination
     * @return this
     */
    public TelemetryAgentBuilder profiles(PathProfiles profiles) {
        this.profiles = Objects.requireNonNull(profiles, "profiles");
        return this;
    }

    /**
     * Sets what all chance follows from. Default: {@code SecureRandom}. Anything else is used by several event loops, so it must be safe
     * for that, unless there is one.
     *
     * @param random what a stranger cannot guess
     * @return this
     */
    public TelemetryAgentBuilder random(RandomGenerator random) {
        this.random = Objects.requireNonNull(random, "random");
        return this;
    }

    /**
     * Sets what makes the sockets of STAMP and of the reflector. Default: epoll where the event loops are epoll loops, else NIO.
     *
     * @param factory makes datagram channels that fit the event loops
     * @return this
     */
    public TelemetryAgentBuilder datagramChannelFactory(ChannelFactory<? extends DatagramChannel> factory) {
        datagramChannelFactory = Objects.requireNonNull(factory, "datagramChannelFactory");
        return this;
    }

    /**
     * Sets what makes the sockets that connect. Default: epoll where the event loops are epoll loops, else NIO.
     *
     * @param factory makes stream channels that fit the event loops
     * @return this
     */
    public TelemetryAgentBuilder streamChannelFactory(ChannelFactory<? extends Channel> factory) {
        streamChannelFactory = Objects.requireNonNull(factory, "streamChannelFactory");
        return this;
    }

    /**
     * Sets the address that STAMP probes come from. Default: any.
     *
     * @param address an address of this machine
     * @return this
     */
    public TelemetryAgentBuilder localAddress(InetAddress address) {
        localAddress = Objects.requireNonNull(address, "localAddress");
        return this;
    }

    /**
     * Has the agent answer others' STAMP probes too. Default: no.
     *
     * @param address where to listen
     * @return this
     */
    public TelemetryAgentBuilder reflectAt(InetSocketAddress address) {
        reflectAt = Objects.requireNonNull(address, "reflectAt");
        return this;
    }

    /**
     * Binds what is to be bound and starts to probe. An agent without destinations only reflects.
     *
     * @return done when all runs; failed, with nothing left open, when a socket cannot be bound
     * @throws IllegalArgumentException if the time-out is longer than 32 intervals and STAMP is among the probes
     */
    public Future<TelemetryAgent> start() {
        if (kinds.isEmpty()) {
            kinds.add(ProbeKind.STAMP);
        }
        if (kinds.contains(ProbeKind.STAMP)) {
            StampSenderBuilder.checkTimeout(timeout, interval);
        }
        return new AgentStart(this).start();
    }

    /** Gives a probe what all probes of the agent share. */
    <B extends ProbeBuilder<B>> B configured(ProbeKind kind, B probe) {
        PathProfiles fed = kind == kinds.iterator().next() ? profiles : null;
        probe.interval(probe instanceof HopProbeBuilder ? hopInterval : interval)
                .timeout(timeout)
                .observer(observer)
                .listener(fed == null ? listener : new ProfileFeed(fed, listener));
        return random == null ? probe : probe.random(random);
    }

    StampReflectorBuilder reflector() {
        StampReflectorBuilder reflector = StampReflector.builder().observer(observer);
        return datagramChannelFactory == null ? reflector : reflector.channelFactory(datagramChannelFactory);
    }
}
