package io.foreshard.telemetry.node;

import io.foreshard.telemetry.AddressPrefix;
import io.netty.util.concurrent.EventExecutor;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;

/**
 * Configures a source that asks a Prometheus server, every 15 seconds by default, which is how often such a server usually scrapes. Its
 * answers are older and smoother than those of a direct scrape: good for a slow outer loop, useless within seconds. Not thread-safe.
 */
public final class PrometheusTelemetryBuilder extends HttpTelemetryBuilder<PrometheusTelemetryBuilder> {

    private final URI queryAddress;

    PrometheusTelemetryBuilder(HttpClient client, EventExecutor timer, URI server) {
        super(client, timer, Duration.ofSeconds(15));
        String base = checked("server", server).toString();
        queryAddress = URI.create((base.endsWith("/") ? base : base + "/") + "api/v1/query");
    }

    /**
     * Adds a server that is reached at one address and port.
     *
     * @param server where the server is reached
     * @param queries what to ask about it
     * @return this
     */
    public PrometheusTelemetryBuilder server(SocketAddress server, NodeQueries queries) {
        add(server, () -> reader(queries));
        return this;
    }

    /**
     * Adds a server that is reached at all addresses of a block.
     *
     * @param addresses where the server is reached, on all ports
     * @param queries what to ask about it
     * @return this
     */
    public PrometheusTelemetryBuilder server(AddressPrefix addresses, NodeQueries queries) {
        add(addresses, () -> reader(queries));
        return this;
    }

    @Override
    PrometheusTelemetryBuilder self() {
        return this;
    }

    private LoadReader reader(NodeQueries queries) {
        return new PrometheusReader(fetch(), request(queryAddress), queries, counters(), timer().ticker());
    }
}
