package io.foreshard.telemetry;

import io.foreshard.coreapi.TelemetrySource;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The passive source: what users of paths saw anyway, through a {@link PathMeter} each, without a packet of its own.
 *
 * <p>A sample has the newest round trip as it was, the delivery rate (the largest of short stretches within the window, BBR style, summed over
 * the meters) and the loss ratio of the window. It is trusted the more, the more round trips or packets it rests on ({@code n / (n + 1)}), and
 * the less, the older it is ({@link Freshness}). Memory for each destination is fixed, and their number is bounded. Reading is
 * allowed on any thread and free of locks.
 */
public interface PathProfiles extends TelemetrySource {

    /** {@return a builder with the defaults} */
    static PathProfilesBuilder builder() {
        return new PathProfilesBuilder();
    }

    /**
     * {@return a new meter for the path to one destination} Ask for one for each thread or connection, not for each packet. When there
     * is no room, which is counted, what the meter takes is forgotten. Any thread.
     *
     * @param destination where the path leads
     */
    PathMeter meter(SocketAddress destination);

    /**
     * {@return a new meter for the path to all addresses of a block} As the other.
     *
     * @param destinations where the path leads
     */
    PathMeter meter(AddressPrefix destinations);

    /**
     * {@return what the round trips within the window looked like, or {@code null} when there were none}
     *
     * @param destination where the path leads; found by exact address and port, else by the longest prefix
     * @param nowNanos the time
     */
    @Nullable
    PathProfile profile(SocketAddress destination, long nowNanos);

    /**
     * {@return the round trip of the path when it is idle, in nanoseconds, or {@link io.foreshard.coreapi.PathSample#UNKNOWN_LATENCY}}
     * It follows shorter round trips at once (by 0.9 of the difference) and longer ones hardly (by 0.001), as cake-autorate does, so a
     * queue does not raise it and a longer route does in some thousand samples.
     *
     * @param destination where the path leads
     * @param nowNanos the time
     */
    long baselineNanos(SocketAddress destination, long nowNanos);

    /** {@return what was not believed or had no room, counted by reason} */
    TelemetryCounters counters();
}
