package io.foreshard.flowshaper;

import io.foreshard.flowshaper.spi.DelayMechanism;
import io.netty.channel.Channel;

/** The shaper's own queue: works everywhere, keeps flows apart, follows every change at once. The default. */
public final class InProcessQueue implements DelayMechanism {

    /** Makes it; it has no state. */
    public InProcessQueue() {}

    @Override
    public String name() {
        return "in-process";
    }

    @Override
    public String unavailabilityReason(Channel channel) {
        return "";
    }

    @Override
    public boolean queuesInProcess() {
        return true;
    }

    @Override
    public void pace(Channel channel, double bytesPerSecond) {
        // Packets that wait in the queue need no other brake.
    }
}
