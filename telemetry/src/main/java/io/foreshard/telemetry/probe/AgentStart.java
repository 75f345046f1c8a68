package io.foreshard.telemetry.probe;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts the parts of an agent one after the other; what has started is closed again when a later one fails. */
final class AgentStart {

    private final TelemetryAgentBuilder builder;
    private final EventLoop notifier;
    private final Promise<TelemetryAgent> started;
    private final Map<ProbeKind, PathProbe> probes = new EnumMap<>(ProbeKind.class);
    private @Nullable StampReflector reflector;

    AgentStart(TelemetryAgentBuilder builder) {
        this.builder = builder;
        notifier = builder.group.next();
        started = notifier.newPromise();
    }

    Future<TelemetryAgent> start() {
        if (builder.reflectAt == null) {
            startStamp();
        } else {
            after(builder.reflector().bind(builder.group, builder.reflectAt), bound -> {
                reflector = bound;
                startStamp();
            });
        }
        return started;
    }

    private void startStamp() {
        if (!wanted(ProbeKind.STAMP)) {
            startEcho();
            return;
        }
        StampSenderBuilder stamp = builder.configured(ProbeKind.STAMP, new StampSenderBuilder(builder.group));
        if (builder.datagramChannelFactory != null) {
            stamp.channelFactory(builder.datagramChannelFactory);
        }
        if (builder.localAddress != null) {
            stamp.localAddress(builder.localAddress);
        }
        builder.destinations.forEach(stamp::destination);
        after(stamp.start(), sender -> {
            probes.put(ProbeKind.STAMP, sender);
            startEcho();
        });
    }

    private void startEcho() {
        if (!wanted(ProbeKind.ECHO) || builder.echoExecutor == null) {
            startOthers();
            return;
        }
        EchoProbeBuilder echo = toDestinations(
                builder.configured(ProbeKind.ECHO, new EchoProbeBuilder(builder.group, builder.echoExecutor)));
        after(echo.start(), probe -> {
            probes.put(ProbeKind.ECHO, probe);
            startOthers();
        });
    }

    private void startOthers() {
        if (wanted(ProbeKind.TCP_CONNECT)) {
            ConnectProbeBuilder connect =
                    toDestinations(builder.configured(ProbeKind.TCP_CONNECT, new ConnectProbeBuilder(builder.group)));
            if (builder.streamChannelFactory != null) {
                connect.channelFactory(builder.streamChannelFactory);
            }
            probes.put(ProbeKind.TCP_CONNECT, connect.start());
        }
        if (wanted(ProbeKind.HOPS)) {
            HopProbeBuilder hops =
                    toDestinations(builder.configured(ProbeKind.HOPS, new HopProbeBuilder(builder.group)));
            probes.put(ProbeKind.HOPS, hops.start());
        }
        if (builder.kinds.contains(ProbeKind.TCP_INFO)) {
            TcpInfoProbeBuilder info = builder.configured(ProbeKind.TCP_INFO, new TcpInfoProbeBuilder(builder.group));
            probes.put(ProbeKind.TCP_INFO, info.start());
        }
        started.setSuccess(new DefaultTelemetryAgent(notifier, probes, reflector));
    }

    private boolean wanted(ProbeKind kind) {
        return builder.kinds.contains(kind) && !builder.destinations.isEmpty();
    }

    private <B extends ProbeBuilder<B>> B toDestinations(B probe) {
        builder.destinations.keySet().forEach(probe::destination);
        return probe;
    }

    private <T> void after(Future<T> step, Consumer<T> next) {
        step.addListener((Future<T> done) -> {
            if (!done.isSuccess()) {
                fail(done.cause());
                return;
            }
            try {
                next.accept(done.getNow());
            } catch (RuntimeException misconfigured) {
                fail(misconfigured);
            }
        });
    }

    private void fail(Throwable cause) {
        new DefaultTelemetryAgent(notifier, probes, reflector).close();
        started.setFailure(cause);
    }
}
