package io.foreshard.telemetry.probe;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Configures a probe by ICMP echo. It needs root or {@code CAP_NET_RAW}; where that is missing the probe does nothing and says why. The
 * JDK blocks while it waits, so each destination occupies one thread of an executor for a round trip or a time-out; a round trip includes
 * what it takes to wake that thread. Not safe for use by several threads.
 */
public final class EchoProbeBuilder extends ProbeBuilder<EchoProbeBuilder> {

    private final Executor executor;

    EchoProbeBuilder(EventLoopGroup group, Executor executor) {
        super(group, Duration.ofSeconds(1));
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    /**
     * Looks whether ICMP is permitted and starts to probe.
     *
     * @return done when that is known; {@link PathProbe#unavailable()} tells what came of it
     */
    public Future<PathProbe> start() {
        return new EchoProbe(core(true), executor, InetAddress::isReachable).start(EchoPermission::missing);
    }

    @Override
    EchoProbeBuilder self() {
        return this;
    }
}
