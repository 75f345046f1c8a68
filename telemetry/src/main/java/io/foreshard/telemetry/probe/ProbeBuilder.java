package io.foreshard.telemetry.probe;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.runtime.Checks;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * What all probes are configured with. Not safe for use by several threads. Every method checks its value at once.
 *
 * @param <B> the kind of builder
 */
public abstract sealed class ProbeBuilder<B extends ProbeBuilder<B>>
        permits StampSenderBuilder, ConnectProbeBuilder, TcpInfoProbeBuilder, EchoProbeBuilder, HopProbeBuilder {

    /** The most destinations of one probe. */
    public static final int MAX_DESTINATIONS = 100;

    static final Duration MIN_INTERVAL = Duration.ofMillis(10);
    static final Duration MAX_INTERVAL = Duration.ofHours(1);
    static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
    static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

    final EventLoopGroup group;
    final Map<InetSocketAddress, InetSocketAddress> destinations = new LinkedHashMap<>();
    Duration interval;
    Duration timeout = Duration.ofMillis(900);
    EngineObserver observer = EngineObserver.NOOP;
    ProbeListener listener = ProbeListener.NOOP;
    RandomGenerator random = SystemSurroundings.random();

    ProbeBuilder(EventLoopGroup group, Duration interval) {
        this.group = Objects.requireNonNull(group, "group");
        this.interval = interval;
    }

    /**
     * Adds a destination that is probed where it is.
     *
     * @param destination a resolved address and port; at most {@value #MAX_DESTINATIONS}
     * @return this
     * @throws IllegalArgumentException if it is unresolved or one too many
     */
    public B destination(InetSocketAddress destination) {
        return destination(destination, destination);
    }

    /**
     * Adds a destination that is probed at another port, such as that of its reflector.
     *
     * @param destination what an engine asks for, resolved; at most {@value #MAX_DESTINATIONS}
     * @param target where the probes go, resolved
     * @return this
     * @throws IllegalArgumentException if one is unresolved or it is one too many
     */
    public B destination(InetSocketAddress destination, InetSocketAddress target) {
        Checks.require(!destination.isUnresolved(), "destination", destination, "a resolved address");
        Checks.require(!target.isUnresolved(), "target", target, "a resolved address");
        Checks.require(target.getPort() > 0, "target", target, "a port above 0");
        destinations.put(destination, target);
        Checks.inRange("destinations", destinations.size(), 1, MAX_DESTINATIONS);
        return self();
    }

    /**
     * Sets how often each destination is probed; each time differs by up to 10 %, so that probes do not march in step. Default: 1 s,
     * hop by hop 60 s.
     *
     * @param interval 10 ms…1 h
     * @return this
     */
    public B interval(Duration interval) {
        Checks.duration("interval", interval, MIN_INTERVAL, MAX_INTERVAL);
        this.interval = interval;
        return self();
    }

    /**
     * Sets how long to wait for an answer. Default: 900 ms, just below the first time-out of TCP (RFC 6298), so that a connection that
     * opens in time did so at its first attempt.
     *
     * @param timeout 1 ms…1 min
     * @return this
     */
    public B timeout(Duration timeout) {
        Checks.duration("timeout", timeout, MIN_TIMEOUT, MAX_TIMEOUT);
        this.timeout = timeout;
        return self();
    }

    /**
     * Sets who is told what is counted.
     *
     * @param observer called on the probe's event loop
     * @return this
     */
    public B observer(EngineObserver observer) {
        this.observer = Objects.requireNonNull(observer, "observer");
        return self();
    }

    /**
     * Sets who is told each outcome.
     *
     * @param listener called on the probe's event loop
     * @return this
     */
    public B listener(ProbeListener listener) {
        this.listener = Objects.requireNonNull(listener, "listener");
        return self();
    }

    /**
     * Sets what ports, sequence numbers, identifiers and the jitter of the interval follow from. Default: {@code SecureRandom}; anything
     * that a stranger can guess lets him forge answers.
     *
     * @param random used on the probe's event loop only
     * @return this
     */
    public B random(RandomGenerator random) {
        this.random = Objects.requireNonNull(random, "random");
        return self();
    }

    abstract B self();

    ProbeCore core(boolean lossKnown) {
        boolean fed = !destinations.isEmpty() || this instanceof TcpInfoProbeBuilder;
        Checks.require(fed, "destinations", 0, "1…" + MAX_DESTINATIONS);
        return new ProbeCore(group.next(), this, lossKnown);
    }
}
