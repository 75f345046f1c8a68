package io.foreshard.telemetry.probe;

import io.foreshard.runtime.Checks;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;

/** Configures a {@link HopProbe}. Not safe for use by several threads. */
public final class HopProbeBuilder extends ProbeBuilder<HopProbeBuilder> {

    private static final int MAX_HOPS = 64;

    private int maxHops = 30;

    HopProbeBuilder(EventLoopGroup group) {
        super(group, Duration.ofSeconds(60));
    }

    /**
     * Sets how far to look. Default: 30.
     *
     * @param hops 1…64
     * @return this
     */
    public HopProbeBuilder maxHops(int hops) {
        maxHops = Checks.inRange("maxHops", hops, 1, MAX_HOPS);
        return this;
    }

    /**
     * Starts to probe, if the event loops allow; {@link PathProbe#unavailable()} tells.
     *
     * @return the probe
     */
    public HopProbe start() {
        DefaultHopProbe probe = new DefaultHopProbe(core(false), maxHops);
        probe.start();
        return probe;
    }

    @Override
    HopProbeBuilder self() {
        return this;
    }
}
