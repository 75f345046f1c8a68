package io.foreshard.flowshaper;

import io.foreshard.flowshaper.spi.DelayMechanism;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;

/**
 * The kernel's pacing of a TCP connection, {@code SO_MAX_PACING_RATE} (Linux 4.13 and later): exact to microseconds and without a
 * timer of ours, but each connection by itself, with a fixed share of its bottleneck. Works on Netty's epoll transport.
 *
 * <p>No connection is held to less than 10 kB/s.
 *
 * <p>A datagram socket is paced only under the {@code fq} queueing discipline, which cannot be seen from here, so it is refused.
 */
public final class KernelPacing implements DelayMechanism {

    private static final int SOL_SOCKET = 1;
    private static final int SO_MAX_PACING_RATE = 47;
    /**
     * The kernel works out how long to wait after a segment when it sends it, and a faster rate does not shorten that: after a moment at
     * 1 byte per second, a connection would stand still for hours.
     */
    private static final int LEAST_BYTES_PER_SECOND = 10_000;

    private final IntegerUnixChannelOption option =
            new IntegerUnixChannelOption("SO_MAX_PACING_RATE", SOL_SOCKET, SO_MAX_PACING_RATE);

    /** Makes it. */
    public KernelPacing() {}

    @Override
    public String name() {
        return "kernel";
    }

    @Override
    public String unavailabilityReason(Channel channel) {
        if (!(channel instanceof EpollSocketChannel)) {
            return "needs a TCP channel of Netty's epoll transport";
        }
        try {
            return channel.config().setOption(option, -1) ? "" : "SO_MAX_PACING_RATE is unknown here";
        } catch (RuntimeException refused) {
            return "SO_MAX_PACING_RATE: " + refused.getMessage();
        }
    }

    @Override
    public boolean queuesInProcess() {
        return false;
    }

    @Override
    public void pace(Channel channel, double bytesPerSecond) {
        // All bits set means no limit.
        int rate = bytesPerSecond >= Integer.MAX_VALUE ? -1 : Math.max(LEAST_BYTES_PER_SECOND, (int) bytesPerSecond);
        channel.config().setOption(option, rate);
    }
}
