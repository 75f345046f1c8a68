package io.foreshard.telemetry.probe;

import io.foreshard.runtime.Checks;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;

/** Configures a {@link TcpInfoProbe}. Its destinations are those of the watched channels. Not safe for use by several threads. */
public final class TcpInfoProbeBuilder extends ProbeBuilder<TcpInfoProbeBuilder> {

    private static final int MAX_CHANNELS = 1 << 20;

    private int maxChannels = 1024;

    TcpInfoProbeBuilder(EventLoopGroup group) {
        super(group, Duration.ofSeconds(1));
    }

    /**
     * Sets how many channels are watched at most. Default: 1024.
     *
     * @param channels 1…2^20, about 1 KiB each
     * @return this
     */
    public TcpInfoProbeBuilder maxChannels(int channels) {
        maxChannels = Checks.inRange("maxChannels", channels, 1, MAX_CHANNELS);
        return this;
    }

    /** {@return a probe that waits for channels to watch} */
    public TcpInfoProbe start() {
        return new DefaultTcpInfoProbe(core(false), maxChannels);
    }

    @Override
    TcpInfoProbeBuilder self() {
        return this;
    }
}
