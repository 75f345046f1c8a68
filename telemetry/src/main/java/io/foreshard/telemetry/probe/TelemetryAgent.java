package io.foreshard.telemetry.probe;

import io.foreshard.coreapi.TelemetrySource;
import io.foreshard.telemetry.PathProfile;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Probes a set of destinations in several ways and answers as one source, for the engines. The latency is that of the first kind of probe,
 * in the order of {@link ProbeKind}, that is trusted at least half; if none is, of the one trusted most. The same holds for the loss
 * ratio. Age and confidence are those of the latency. Also a reflector for other agents, if asked to. Any thread; nothing blocks.
 */
public interface TelemetryAgent extends TelemetrySource {

    /**
     * Configures an agent.
     *
     * @param group event loops; each probe uses one, and the agent never shuts them down
     * @return a builder
     */
    static TelemetryAgentBuilder builder(EventLoopGroup group) {
        return new TelemetryAgentBuilder(group);
    }

    /**
     * Returns what the recent round trips of a path looked like, from the first kind of probe that knows.
     *
     * @param destination where the path leads
     * @param nowNanos the clock of the event loops, in nanoseconds
     * @return the profile, or {@code null} when nothing is known
     */
    @Nullable
    PathProfile profile(SocketAddress destination, long nowNanos);

    /**
     * Returns the latency hop by hop.
     *
     * @param destination one of the destinations, with its port
     * @return the newest report, or {@code null} if there is none
     */
    @Nullable
    HopReport hops(SocketAddress destination);

    /**
     * Looks at a TCP connection of the application from now on, if {@link ProbeKind#TCP_INFO} was asked for.
     *
     * @param channel a connected channel of Netty's epoll transport
     * @return whether that is possible
     */
    boolean watch(Channel channel);

    /** {@return which of the probes that were asked for cannot run here, and why} */
    Map<ProbeKind, String> unavailable();

    /** {@return where the agent answers others' probes, or {@code null} if it does not} */
    @Nullable
    InetSocketAddress reflectorAddress();

    /** {@return how often each reason was counted, by all probes and the reflector} */
    Map<ProbeReason, Long> counters();

    /** {@return a future that is done when all probes and the reflector are closed; the event loops stay} */
    Future<Void> close();
}
