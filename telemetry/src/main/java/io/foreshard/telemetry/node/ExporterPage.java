package io.foreshard.telemetry.node;

import io.foreshard.telemetry.node.NodeCounters.Device;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Picks what makes up a load from the page of a node_exporter. */
final class ExporterPage implements Exposition.Sink {

    private static final int MOST_DEVICES = 256;

    private final Predicate<String> wanted;
    private final Map<String, Device> devices = new HashMap<>();
    private double cpuIdle = Double.NaN;
    private double cpuBusy = Double.NaN;
    private double cpuWaiting = Double.NaN;
    private double memoryTotal = Double.NaN;
    private double memoryAvailable = Double.NaN;
    private double clock = Double.NaN;

    private ExporterPage(Predicate<String> wanted) {
        this.wanted = wanted;
    }

    /**
     * A page that was read.
     *
     * @param counters what it says
     * @param malformed how many of its lines are not in the format
     */
    record Read(NodeCounters counters, int malformed) {}

    static Read read(String text, Predicate<String> devices) {
        ExporterPage page = new ExporterPage(devices);
        int malformed = Exposition.read(text, page);
        return new Read(page.counters(), malformed);
    }

    @Override
    public void sample(String metric, Exposition.Labels labels, double value) {
        switch (metric) {
            case "node_cpu_seconds_total" -> cpu(labels.get("mode"), value);
            case "node_memory_MemTotal_bytes" -> memoryTotal = value;
            case "node_memory_MemAvailable_bytes" -> memoryAvailable = value;
            case "node_pressure_cpu_waiting_seconds_total" -> cpuWaiting = value;
            case "node_time_seconds" -> clock = value;
            case "node_network_receive_bytes_total" -> device(labels, known -> known.withReceived(value));
            case "node_network_transmit_bytes_total" -> device(labels, known -> known.withSent(value));
            case "node_network_speed_bytes" -> device(labels, known -> known.withSpeed(value));
            default -> {
                // One of the many metrics that say nothing about the load.
            }
        }
    }

    private void cpu(@Nullable String mode, double value) {
        // A processor that waits for a disk is free for others. Two sums and no difference: while nothing was busy, its
        // rounding
        // would look like a counter that went back.
        if ("idle".equals(mode) || "iowait".equals(mode)) {
            cpuIdle = sum(cpuIdle, value);
        } else {
            cpuBusy = sum(cpuBusy, value);
        }
    }

    private void device(Exposition.Labels labels, UnaryOperator<Device> change) {
        String name = labels.get("device");
        if (name != null && wanted.test(name) && (devices.size() < MOST_DEVICES || devices.containsKey(name))) {
            devices.put(name, change.apply(devices.getOrDefault(name, Device.UNKNOWN)));
        }
    }

    private NodeCounters counters() {
        return new NodeCounters(
                cpuBusy, cpuBusy + cpuIdle, cpuWaiting, memoryTotal, memoryAvailable, clock, Map.copyOf(devices));
    }

    private static double sum(double known, double more) {
        return Double.isNaN(known) ? more : known + more;
    }
}
