package io.foreshard.telemetry.node;

import io.foreshard.coreapi.TelemetrySource;
import io.foreshard.telemetry.LoadFact;
import io.foreshard.telemetry.TelemetryCounters;
import io.netty.util.concurrent.EventExecutor;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;

/**
 * A source that asks at an interval how busy server nodes are. Knows loads only: {@link #latest} returns {@code null}.
 *
 * <p>What does not answer, or answers what cannot be, is counted; the last load that was believed is trusted less and less and is
 * unknown after three intervals, never zero. The clock is the ticker of the event executor: call the methods with its time.
 * Thread-safe.
 */
public interface NodeTelemetry extends TelemetrySource, AutoCloseable {

    /**
     * {@return a builder of a source that scrapes {@code /metrics} pages of node_exporter}
     *
     * @param client asks; its executor, which the caller chose, also reads the answers. The source does not close it
     * @param timer starts the polls, and its ticker is the clock; an event loop will do, as it is never blocked
     */
    static ExporterTelemetryBuilder exporter(HttpClient client, EventExecutor timer) {
        return new ExporterTelemetryBuilder(client, timer);
    }

    /**
     * {@return a builder of a source that asks the HTTP API of a Prometheus server}
     *
     * @param client asks; its executor, which the caller chose, also reads the answers. The source does not close it
     * @param timer starts the polls, and its ticker is the clock; an event loop will do, as it is never blocked
     * @param server where the server is, for instance {@code http://prometheus:9090}
     * @throws IllegalArgumentException if it is not an http or https address
     */
    static PrometheusTelemetryBuilder prometheus(HttpClient client, EventExecutor timer, URI server) {
        return new PrometheusTelemetryBuilder(client, timer, server);
    }

    /**
     * {@return a builder of a source that reads this host's {@code /proc}; only Linux has it}
     *
     * @param files reads the files, which take some hundred microseconds; not an event loop
     * @param timer starts the polls, and its ticker is the clock; an event loop will do, as it is never blocked
     */
    static LocalTelemetryBuilder local(Executor files, EventExecutor timer) {
        return new LocalTelemetryBuilder(files, timer);
    }

    /**
     * Starts to poll, the servers spread over the interval. Does nothing when started already.
     *
     * @throws IllegalStateException after {@link #close}
     */
    void start();

    /** Stops to poll; an answer that is under way is not taken any more. What is known ages as before. */
    @Override
    void close();

    /**
     * {@return the recent course of a fact, one value for each interval, oldest first, NaN where nothing was known; empty when nothing
     * ever was} The array is the caller's.
     *
     * @param server where the server is reached
     * @param fact which series
     * @param nowNanos the time of the event executor's ticker
     */
    double[] loadSeries(SocketAddress server, LoadFact fact, long nowNanos);

    /** {@return what went wrong, counted by reason} */
    TelemetryCounters counters();
}
