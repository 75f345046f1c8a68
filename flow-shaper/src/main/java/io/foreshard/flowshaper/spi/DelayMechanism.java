package io.foreshard.flowshaper.spi;

import io.netty.channel.Channel;

/**
 * What holds the packets of a channel back. The shaper asks for it when its handler is added to a pipeline, and takes the first that
 * works there.
 */
public interface DelayMechanism {

    /** Returns its name, in kebab-case. */
    String name();

    /**
     * Returns why it cannot hold back the packets of a channel, or an empty string if it can. Called once per channel, on its event
     * loop; may try it out.
     *
     * @param channel an open channel
     */
    String unavailabilityReason(Channel channel);

    /** Returns whether packets wait in the shaper's own queue. If not, they pass it, and {@link #pace} makes them wait further on. */
    boolean queuesInProcess();

    /**
     * Sets how fast the channel may send. Called on its event loop whenever that has changed; not if packets are queued in process.
     *
     * @param channel the channel
     * @param bytesPerSecond above 0, or infinite for no limit
     */
    void pace(Channel channel, double bytesPerSecond);
}
