package io.foreshard.telemetry.node;

import io.foreshard.runtime.Checks;
import io.foreshard.telemetry.AddressPrefix;
import io.foreshard.telemetry.Freshness;
import io.netty.util.concurrent.EventExecutor;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Configures a source that scrapes node_exporter directly, every second by default, which is what a control loop needs and a
 * Prometheus server seldom gives. Not thread-safe.
 */
public final class ExporterTelemetryBuilder extends HttpTelemetryBuilder<ExporterTelemetryBuilder> {

    private static final double NANOS_PER_SECOND = 1e9;

    private Predicate<String> devices = NetworkDevices.real();
    private double networkCapacityBytesPerSecond = Double.NaN;
    private boolean countCpuPressure;

    ExporterTelemetryBuilder(HttpClient client, EventExecutor timer) {
        super(client, timer, Duration.ofSeconds(1));
    }

    /**
     * Adds a server that is reached at one address and port.
     *
     * @param server where the server is reached
     * @param page where its node_exporter answers, for instance {@code http://10.0.0.7:9100/metrics}
     * @return this
     * @throws IllegalArgumentException if it is not an http or https address
     */
    public ExporterTelemetryBuilder server(SocketAddress server, URI page) {
        return add(server, page);
    }

    /**
     * Adds a server that is reached at all addresses of a block.
     *
     * @param addresses where the server is reached, on all ports
     * @param page where its node_exporter answers, for instance {@code http://10.0.0.7:9100/metrics}
     * @return this
     * @throws IllegalArgumentException if it is not an http or https address
     */
    public ExporterTelemetryBuilder server(AddressPrefix addresses, URI page) {
        return add(addresses, page);
    }

    /**
     * Sets the capacity of each network device, in each direction; by default what the device says, and the load of the network is
     * unknown where it says nothing, as many virtual ones do.
     *
     * @param value bytes per second, above 0
     * @return this
     * @throws IllegalArgumentException if it is not above 0 and finite
     */
    public ExporterTelemetryBuilder networkCapacityBytesPerSecond(double value) {
        networkCapacityBytesPerSecond = capacity(value);
        return this;
    }

    /**
     * Sets which network devices count; the busiest is the server's load. By default all but the loopback and the usual names of
     * bridges, containers and tunnels.
     *
     * @param value is called with the name of a device, on the client's executor
     * @return this
     */
    public ExporterTelemetryBuilder devices(Predicate<String> value) {
        devices = value;
        return this;
    }

    /**
     * Sets whether the share of time in which a task waited for a processor (pressure stall information) counts as load where it is
     * above the share in use; by default not. Shows a server that is held by a quota while its processors look idle.
     *
     * @param value whether it counts
     * @return this
     */
    public ExporterTelemetryBuilder countCpuPressure(boolean value) {
        countCpuPressure = value;
        return this;
    }

    @Override
    ExporterTelemetryBuilder self() {
        return this;
    }

    static double capacity(double value) {
        Checks.require(
                value > 0 && Double.isFinite(value), "networkCapacityBytesPerSecond", value, "a finite number above 0");
        return value;
    }

    private ExporterTelemetryBuilder add(Object server, URI page) {
        checked("page", page);
        add(server, () -> reader(page));
        return this;
    }

    private LoadReader reader(URI page) {
        HttpRequest request = request(page).GET().build();
        double longestStepSeconds = Freshness.INTERVALS_KEPT * intervalNanos() / NANOS_PER_SECOND;
        var settings =
                new NodeRatesSettings(longestStepSeconds, networkCapacityBytesPerSecond, devices, countCpuPressure);
        return new ExporterReader(fetch(), request, settings, counters(), timer().ticker());
    }
}
