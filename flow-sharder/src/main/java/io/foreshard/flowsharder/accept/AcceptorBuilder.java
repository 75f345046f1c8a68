package io.foreshard.flowsharder.accept;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.flowsharder.edge.Ingress;
import io.foreshard.runtime.Checks;
import java.time.Duration;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Configures an {@link Acceptor}. Each method checks its own value. Not thread-safe. */
public final class AcceptorBuilder {

    private static final Duration LEAST_TIMEOUT = Duration.ofMillis(1);
    private static final Duration MOST_TIMEOUT = Duration.ofMinutes(10);
    private static final int LEAST_REQUEST_BYTES = 512;
    private static final int MOST_REQUEST_BYTES = 1 << 20;

    private final Ingress ingress;
    private final DefaultAcceptor.Protocol protocol;
    private @Nullable BiPredicate<String, String> credentials;
    private Duration timeout = Duration.ofSeconds(10);
    private int requestBytes = 8 << 10;
    private int mostWaiting = 4096;
    private EngineObserver observer = EngineObserver.NOOP;

    AcceptorBuilder(Ingress ingress, DefaultAcceptor.Protocol protocol) {
        this.ingress = ingress;
        this.protocol = protocol;
    }

    /**
     * Asks clients for a name and a password.
     *
     * @param known whether a name and a password belong to a client; called on event loops, must not block. Nobody is asked unless set
     * @return this
     */
    public AcceptorBuilder credentials(BiPredicate<String, String> known) {
        credentials = known;
        return this;
    }

    /**
     * Sets how long a client may take from its connection to the end of its request.
     *
     * @param most 1 ms to 10 min; 10 s unless set
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public AcceptorBuilder requestTimeout(Duration most) {
        Checks.duration("requestTimeout", most, LEAST_TIMEOUT, MOST_TIMEOUT);
        timeout = most;
        return this;
    }

    /**
     * Sets how long the headers of an HTTP request may be. Those of SOCKS have a length of their own.
     *
     * @param bytes 512 B to 1 MiB; 8 KiB unless set
     * @return this
     * @throws IllegalArgumentException if it is outside
     */
    public AcceptorBuilder mostRequestBytes(int bytes) {
        requestBytes = Checks.inRange("mostRequestBytes", bytes, LEAST_REQUEST_BYTES, MOST_REQUEST_BYTES);
        return this;
    }

    /**
     * Sets how many connections may be at their requests at once.
     *
     * @param connections above 0; 4096 unless set
     * @return this
     * @throws IllegalArgumentException if it is not above 0
     */
    public AcceptorBuilder mostWaiting(int connections) {
        mostWaiting = Checks.positive("mostWaiting", connections);
        return this;
    }

    /**
     * Sets who is told of what is counted.
     *
     * @param told nobody unless set
     * @return this
     */
    public AcceptorBuilder observer(EngineObserver told) {
        observer = told;
        return this;
    }

    /** Makes the acceptor. */
    public Acceptor build() {
        return new DefaultAcceptor(
                new AcceptSettings(ingress, credentials, timeout.toNanos(), requestBytes, mostWaiting, observer),
                protocol);
    }
}
