package io.foreshard.telemetry.probe;

import io.foreshard.runtime.Checks;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Configures a {@link StampSender}. Not safe for use by several threads. */
public final class StampSenderBuilder extends ProbeBuilder<StampSenderBuilder> {

    private static final int MAX_PADDING_BYTES = 1428;

    private final StampTiming timing = new StampTiming();

    @Nullable
    ChannelFactory<? extends DatagramChannel> channelFactory;

    @Nullable
    InetAddress localAddress;

    int paddingBytes;

    StampSenderBuilder(EventLoopGroup group) {
        super(group, Duration.ofSeconds(1));
    }

    /**
     * Sets what makes the socket. Default: epoll where the event loops are epoll loops, else NIO.
     *
     * @param factory makes datagram channels that fit the event loops
     * @return this
     */
    public StampSenderBuilder channelFactory(ChannelFactory<? extends DatagramChannel> factory) {
        channelFactory = Objects.requireNonNull(factory, "channelFactory");
        return this;
    }

    /**
     * Sets the address to probe from; the port is a random one above 49151. Default: any.
     *
     * @param address an address of this machine
     * @return this
     */
    public StampSenderBuilder localAddress(InetAddress address) {
        localAddress = Objects.requireNonNull(address, "localAddress");
        return this;
    }

    /**
     * Sets how long probes are beyond the 44 bytes of a STAMP packet; the padding is one Extra Padding TLV (RFC 8972, 4.1), which a
     * reflector sends back. Default: 0.
     *
     * @param bytes 0, or 4…1428, so that a probe stays below 1500 bytes with all headers
     * @return this
     */
    public StampSenderBuilder paddingBytes(int bytes) {
        boolean fits = bytes == 0 || (bytes >= StampPacket.TLV_HEADER_BYTES && bytes <= MAX_PADDING_BYTES);
        Checks.require(fits, "paddingBytes", bytes, "0, or 4…" + MAX_PADDING_BYTES);
        paddingBytes = bytes;
        return this;
    }

    /**
     * Sets how times are written. Default: {@link StampTimestampFormat#NTP}.
     *
     * @param format the format
     * @return this
     */
    public StampSenderBuilder timestampFormat(StampTimestampFormat format) {
        timing.format = Objects.requireNonNull(format, "timestampFormat");
        return this;
    }

    /**
     * Sets the wall clock, which is read once, at the start. Default: the system's.
     *
     * @param clock tells the time since 1970
     * @return this
     */
    public StampSenderBuilder wallClock(InstantSource clock) {
        timing.wallClock = Objects.requireNonNull(clock, "wallClock");
        return this;
    }

    /**
     * Says that the wall clock agrees with UTC, and how well. Default: not known to agree.
     *
     * @param error the largest error, 1 ns…1 h
     * @return this
     */
    public StampSenderBuilder synchronisedWithin(Duration error) {
        timing.synchronisedWithin(error);
        return this;
    }

    /**
     * Binds the socket and starts to probe.
     *
     * @return done when it is bound, failed when it cannot be
     * @throws IllegalArgumentException if there is no destination, or the time-out is longer than 32 intervals
     */
    public Future<StampSender> start() {
        checkTimeout(timeout, interval);
        return DefaultStampSender.start(this, core(true), timing);
    }

    static void checkTimeout(Duration timeout, Duration interval) {
        Duration longest = interval.multipliedBy(StampSession.MAX_TIMEOUT_INTERVALS);
        Checks.require(
                timeout.compareTo(longest) <= 0,
                "timeout",
                timeout,
                "at most " + StampSession.MAX_TIMEOUT_INTERVALS + " intervals of " + interval);
    }

    @Override
    StampSenderBuilder self() {
        return this;
    }
}
