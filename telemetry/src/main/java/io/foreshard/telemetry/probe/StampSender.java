package io.foreshard.telemetry.probe;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Measures paths with STAMP probes (RFC 8762, unauthenticated): round-trip time without what the reflector took, loss, and the jitter of
 * both directions. One socket serves all destinations. An answer that was not asked for is counted and not used: a stranger would have to
 * guess port, sequence number, session identifier and time. Any thread.
 */
public interface StampSender extends PathProbe {

    /** The port of a reflector unless agreed otherwise (RFC 8762, 4.1). */
    int DEFAULT_REFLECTOR_PORT = 862;

    /** {@return where the probes come from} */
    InetSocketAddress localAddress();

    /**
     * Returns how much the one-way times of a path differ.
     *
     * @param destination one of the destinations, with its port
     * @return the jitter, or {@code null} before two answers
     */
    @Nullable
    OneWayJitter oneWayJitter(SocketAddress destination);
}
