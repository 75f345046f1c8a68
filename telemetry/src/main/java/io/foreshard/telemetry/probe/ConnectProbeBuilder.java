package io.foreshard.telemetry.probe;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Configures a probe that measures how long a TCP connection takes to open: one round trip, and what the server's kernel takes. A refusal
 * is counted and not used: who refused is not known. Not safe for use by several threads.
 */
public final class ConnectProbeBuilder extends ProbeBuilder<ConnectProbeBuilder> {

    private @Nullable ChannelFactory<? extends Channel> channelFactory;

    ConnectProbeBuilder(EventLoopGroup group) {
        super(group, Duration.ofSeconds(1));
    }

    /**
     * Sets what makes the sockets. Default: epoll where the event loops are epoll loops, else NIO.
     *
     * @param factory makes stream channels that fit the event loops
     * @return this
     */
    public ConnectProbeBuilder channelFactory(ChannelFactory<? extends Channel> factory) {
        channelFactory = Objects.requireNonNull(factory, "channelFactory");
        return this;
    }

    /**
     * Starts to probe.
     *
     * @return the probe
     * @throws IllegalArgumentException if there is no destination
     */
    public PathProbe start() {
        ProbeCore core = core(true);
        ConnectProbe probe =
                new ConnectProbe(core, channelFactory == null ? ProbeChannels.streams(core.loop) : channelFactory);
        probe.start();
        return probe;
    }

    @Override
    ConnectProbeBuilder self() {
        return this;
    }
}
