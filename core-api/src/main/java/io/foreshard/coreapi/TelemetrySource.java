package io.foreshard.coreapi;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Tells what an agent outside the engine knows of a path and of the server at its end.
 *
 * <p>Called on the engine's event loop once per planning step, so it must return at once: publish from the agent's own thread and
 * hand out the newest sample here. An exception is caught and counted, and the step goes on without the source.
 */
@FunctionalInterface
public interface TelemetrySource {

    /**
     * Returns the newest sample of the path to a destination.
     *
     * @param destination where the path leads
     * @param nowNanos the engine's clock, in nanoseconds
     * @return the newest sample, or {@code null} when nothing is known
     */
    @Nullable
    PathSample latest(SocketAddress destination, long nowNanos);

    /**
     * Returns the newest load of the server at a destination.
     *
     * @param destination where the server is reached
     * @param nowNanos the engine's clock, in nanoseconds
     * @return the newest load, or {@code null} when nothing is known
     */
    default @Nullable NodeLoad latestLoad(SocketAddress destination, long nowNanos) {
        return null;
    }
}
