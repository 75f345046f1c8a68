package io.foreshard.flowsharder.edge;

import io.foreshard.coreapi.Reason;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * The far end: takes legs from ingresses, puts the flows together again and connects them to their targets. Starts no thread: all happens
 * on the event loops that it was given. Any thread.
 */
public interface Egress extends AutoCloseable {

    /**
     * Configures an egress.
     *
     * @param group its event loops; stays the caller's
     * @param secret at least 16 bytes, the same as the ingresses have; copied
     * @return a builder
     * @throws IllegalArgumentException if the secret is too short
     */
    static EgressBuilder builder(EventLoopGroup group, byte[] secret) {
        return new EgressBuilder(group, secret);
    }

    /** Returns where legs are accepted. */
    InetSocketAddress localAddress();

    /** Returns how many sessions there are. */
    int sessionCount();

    /** Returns how often things happened that an operator may want to know of. */
    Map<Reason, Long> counters();

    /** Accepts nothing more, ends all flows at once and closes all legs. Returns a future of the end. */
    Future<Void> stop();

    /** Begins to {@link #stop}, and does not wait. */
    @Override
    void close();
}
