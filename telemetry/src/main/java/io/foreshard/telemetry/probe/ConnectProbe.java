package io.foreshard.telemetry.probe;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.util.concurrent.TimeUnit;

/** Opens a TCP connection, notes how long that took, and closes it. State belongs to the loop of the core. */
final class ConnectProbe extends CoreProbe {

    private final Bootstrap bootstrap;

    ConnectProbe(ProbeCore core, ChannelFactory<? extends Channel> factory) {
        super(core);
        bootstrap = new Bootstrap()
                .group(core.loop)
                .channelFactory(factory)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis(core))
                .handler(new Nothing());
    }

    private static int timeoutMillis(ProbeCore core) {
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(core.timeoutNanos));
    }

    void start() {
        core.start(this::probe);
    }

    private void probe(ProbedPath path) {
        long startNanos = core.nowNanos();
        ChannelFuture connected = bootstrap.connect(path.target());
        connected.addListener(done -> core.inLoop(() -> connected(path, connected, startNanos)));
    }

    private void connected(ProbedPath path, ChannelFuture connected, long startNanos) {
        long nowNanos = core.nowNanos();
        if (connected.isSuccess()) {
            connected.channel().close();
            core.answered(path, nowNanos - startNanos, nowNanos);
        } else {
            failed(path, connected.cause(), nowNanos);
        }
    }

    private void failed(ProbedPath path, Throwable cause, long nowNanos) {
        if (cause instanceof ConnectTimeoutException) {
            core.lost(path, nowNanos);
        } else if (cause instanceof ConnectException) {
            core.counters.count(ProbeReason.CONNECT_REFUSED);
        } else {
            core.counters.count(ProbeReason.PROBE_NOT_SENT);
        }
    }

    private static final class Nothing extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel channel) {}
    }
}
