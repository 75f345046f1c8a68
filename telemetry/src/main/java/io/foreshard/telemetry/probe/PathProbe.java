package io.foreshard.telemetry.probe;

import io.foreshard.coreapi.TelemetrySource;
import io.foreshard.telemetry.PathProfile;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.util.Map;
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
