package io.foreshard.telemetry.probe;

import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * Answers STAMP probes (RFC 8762, unauthenticated, stateless: an answer carries its probe's sequence number). An answer is as long as its
 * probe and carries back what followed the base packet; probes below 44 bytes, which the RFC would have answered with more than they are,
 * are dropped, and so is what exceeds a source's rate. The TTL of a probe cannot be read through Netty, so the answer says 255 (RFC 5357,
 * 4.2.1). Any thread.
 */
public interface StampReflector {

    /**
     * Configures a reflector.
     *
     * @return a builder
     */
    static StampReflectorBuilder builder() {
        return new StampReflectorBuilder();
    }

    /** {@return where it listens} */
    InetSocketAddress localAddress();

    /** {@return how many probes were answered} */
    long answered();

    /** {@return how often each reason was counted} */
    Map<ProbeReason, Long> counters();

    /** {@return a future that is done when the socket is closed; the event loops stay} */
    Future<Void> close();
}
