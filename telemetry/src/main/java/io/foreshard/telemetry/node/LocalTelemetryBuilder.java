package io.foreshard.telemetry.node;

import io.foreshard.telemetry.AddressPrefix;
import io.foreshard.telemetry.Freshness;
import io.netty.util.concurrent.EventExecutor;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * Configures a source that reads the load of this host, every second by default. In a container, {@code /proc} shows the host that the
 * container runs on. Not thread-safe.
 */
public final class LocalTelemetryBuilder extends NodeTelemetryBuilder<LocalTelemetryBuilder> {

    private static final double NANOS_PER_SECOND = 1e9;

    private final Executor files;
    private Path root = Path.of("/");
    private Predicate<String> devices = NetworkDevices.real();
    private double networkCapacityBytesPerSecond = Double.NaN;
    private boolean countCpuPressure;

    LocalTelemetryBuilder(Executor files, EventExecutor timer) {
        super(timer, Duration.ofSeconds(1));
        this.files = files;
    }

    /**
     * Adds an address and port at which this host is reached.
     *
     * @param server where this host is reached
     * @return this
     */
    public LocalTelemetryBuilder server(SocketAddress server) {
        add(server, this::reader);
        return this;
    }

    /**
     * Adds a block of addresses at which this host is reached.
     *
     * @param addresses where this host is reached, on all ports
     * @return this
     */
    public LocalTelemetryBuilder server(AddressPrefix addresses) {
        add(addresses, this::reader);
        return this;
    }

    /**
     * Sets where {@code proc} and {@code sys} are; by default {@code /}. A container that has the host's mounted elsewhere names that.
     *
     * @param value the folder that holds both
     * @return this
     */
    public LocalTelemetryBuilder root(Path value) {
        root = value;
        return this;
    }

    /**
     * Sets the capacity of each network device, in each direction; by default what the device says, and the load of the network is
     * unknown where it says nothing, as many virtual ones do.
     *
     * @param value bytes per second, above 0
     * @return this
     * @throws IllegalArgumentException if it is not above 0 and finite
     */
    public LocalTelemetryBuilder networkCapacityBytesPerSecond(double value) {
        networkCapacityBytesPerSecond = ExporterTelemetryBuilder.capacity(value);
        return this;
    }

    /**
     * Sets which network devices count; the busiest is the load. By default all but the loopback and the usual names of bridges,
     * containers and tunnels.
     *
     * @param value is called with the name of a device, on the executor for files
     * @return this
     */
    public LocalTelemetryBuilder devices(Predicate<String> value) {
        devices = value;
        return this;
    }

    /**
     * Sets whether the share of time in which a task waited for a processor (pressure stall information) counts as load where it is
     * above the share in use; by default not.
     *
     * @param value whether it counts
     * @return this
     */
    public LocalTelemetryBuilder countCpuPressure(boolean value) {
        countCpuPressure = value;
        return this;
    }

    @Override
    LocalTelemetryBuilder self() {
        return this;
    }

    @Override
    void check() {}

    private LoadReader reader() {
        double longestStepSeconds = Freshness.INTERVALS_KEPT * intervalNanos() / NANOS_PER_SECOND;
        var settings =
                new NodeRatesSettings(longestStepSeconds, networkCapacityBytesPerSecond, devices, countCpuPressure);
        return new LocalReader(files, root, settings, counters(), timer().ticker());
    }
}
