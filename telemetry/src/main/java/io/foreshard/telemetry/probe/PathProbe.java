package io.foreshard.telemetry.probe;

import io.foreshard.coreapi.TelemetrySource;
import io.foreshard.telemetry.PathProfile;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Something that measures paths by itself, until it is closed. Any thread.
 *
 * <p>A destination is known by its address and port, else by its address alone: whoever asks for another port of a probed host gets
 * what is known of the first path to that host. A sample's confidence rises with the answers it rests on ({@code n / (n + 1)}) and
 * falls with their age; three intervals after the newest answer nothing is known. A loss ratio that a probe cannot tell is NaN.
 */
public interface PathProbe extends TelemetrySource {

    /**
     * Configures a probe by STAMP (RFC 8762).
     *
     * @param group event loops; the probe uses one and never shuts it down
     * @return a builder
     */
    static StampSenderBuilder stamp(EventLoopGroup group) {
        return new StampSenderBuilder(group);
    }

    /**
     * Configures a probe that opens TCP connections.
     *
     * @param group event loops; the probe uses one and never shuts it down
     * @return a builder
     */
    static ConnectProbeBuilder connect(EventLoopGroup group) {
        return new ConnectProbeBuilder(group);
    }

    /**
     * Configures a probe that reads what the kernel knows of TCP connections.
     *
     * @param group event loops; the probe uses one and never shuts it down
     * @return a builder
     */
    static TcpInfoProbeBuilder tcpInfo(EventLoopGroup group) {
        return new TcpInfoProbeBuilder(group);
    }

    /**
     * Configures a probe by ICMP echo.
     *
     * @param group event loops; the probe uses one and never shuts it down
     * @param executor runs what blocks: a thread for each destination, or fewer and fewer probes
     * @return a builder
     */
    static EchoProbeBuilder echo(EventLoopGroup group, Executor executor) {
        return new EchoProbeBuilder(group, executor);
    }

    /**
     * Configures a probe of the latency hop by hop.
     *
     * @param group event loops; the probe uses one and never shuts it down
     * @return a builder
     */
    static HopProbeBuilder hops(EventLoopGroup group) {
        return new HopProbeBuilder(group);
    }

    /**
     * Returns what the recent round trips of a path looked like.
     *
     * @param destination where the path leads
     * @param nowNanos the clock of the event loops, in nanoseconds
     * @return the profile, or {@code null} when nothing is known
     */
    @Nullable
    PathProfile profile(SocketAddress destination, long nowNanos);

    /** {@return how often each reason was counted} */
    Map<ProbeReason, Long> counters();

    /** {@return why this probe cannot run here, or {@code null} if it runs} */
    @Nullable
    String unavailable();

    /** {@return a future that is done when all that the probe had open is closed; the event loops stay} */
    Future<Void> close();
}
