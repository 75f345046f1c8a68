package io.foreshard.telemetry.probe;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.runtime.Checks;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Configures a {@link StampReflector}. Not safe for use by several threads. Every method checks its value at once. */
public final class StampReflectorBuilder {

    private static final int MAX_PER_SECOND = 1_000_000;
    private static final int MAX_SOURCES = 1 << 20;

    private final StampTiming timing = new StampTiming();
    private @Nullable ChannelFactory<? extends DatagramChannel> channelFactory;
    private int probesPerSecond = 100;
    private int maxSources = 1024;
    private EngineObserver observer = EngineObserver.NOOP;

    StampReflectorBuilder() {}

    /**
     * Sets what makes the socket. Default: epoll where the event loops are epoll loops, else NIO.
     *
     * @param factory makes datagram channels that fit the event loops
     * @return this
     */
    public StampReflectorBuilder channelFactory(ChannelFactory<? extends DatagramChannel> factory) {
        channelFactory = Objects.requireNonNull(factory, "channelFactory");
        return this;
    }

    /**
     * Sets how many probes of one source (an IPv4 address or an IPv6 /64) are answered, on average and at once. Default: 100.
     *
     * @param probes 1…1 000 000 in a second
     * @return this
     */
    public StampReflectorBuilder probesPerSecond(int probes) {
        probesPerSecond = Checks.inRange("probesPerSecond", probes, 1, MAX_PER_SECOND);
        return this;
    }

    /**
     * Sets how many sources have a rate of their own; more share one. Default: 1024.
     *
     * @param sources 1…2^20, about 150 bytes each
     * @return this
     */
    public StampReflectorBuilder maxSources(int sources) {
        maxSources = Checks.inRange("maxSources", sources, 1, MAX_SOURCES);
        return this;
    }

    /**
     * Sets how times are written, whatever the probe's format is. Default: {@link StampTimestampFormat#NTP}.
     *
     * @param format the format
     * @return this
     */
    public StampReflectorBuilder timestampFormat(StampTimestampFormat format) {
        timing.format = Objects.requireNonNull(format, "timestampFormat");
        return this;
    }

    /**
     * Sets the wall clock, which is read once, at the start. Default: the system's.
     *
     * @param clock tells the time since 1970
     * @return this
     */
    public StampReflectorBuilder wallClock(InstantSource clock) {
        timing.wallClock = Objects.requireNonNull(clock, "wallClock");
        return this;
    }

    /**
     * Says that the wall clock agrees with UTC, and how well. Default: not known to agree.
     *
     * @param error the largest error, 1 ns…1 h
     * @return this
     */
    public StampReflectorBuilder synchronisedWithin(Duration error) {
        timing.synchronisedWithin(error);
        return this;
    }

    /**
     * Sets who is told what is counted.
     *
     * @param observer called on the reflector's event loop, for single packets too
     * @return this
     */
    public StampReflectorBuilder observer(EngineObserver observer) {
        this.observer = Objects.requireNonNull(observer, "observer");
        return this;
    }

    /**
     * Makes a handler for one datagram channel of the application: it takes every datagram that reaches it and answers the probes.
     *
     * @return a handler that is not shared; it releases each datagram or sends it back
     */
    public ChannelInboundHandler handler() {
        return newHandler();
    }

    /**
     * Binds a socket and starts to answer.
     *
     * @param group event loops; the reflector uses one and never shuts it down
     * @param localAddress where to listen
     * @return done when it is bound, failed when it cannot be
     */
    public Future<StampReflector> bind(EventLoopGroup group, InetSocketAddress localAddress) {
        EventLoop loop = group.next();
        StampReflectorHandler handler = newHandler();
        ChannelFuture bound = new Bootstrap()
                .group(loop)
                .channelFactory(channelFactory == null ? ProbeChannels.datagrams(loop) : channelFactory)
                .handler(handler)
                .bind(localAddress);
        Promise<StampReflector> started = loop.newPromise();
        bound.addListener(done -> {
            if (done.isSuccess()) {
                started.setSuccess(new DefaultStampReflector(bound.channel(), handler));
            } else {
                started.setFailure(done.cause());
            }
        });
        return started;
    }

    private StampReflectorHandler newHandler() {
        return new StampReflectorHandler(timing, probesPerSecond, maxSources, observer);
    }
}
