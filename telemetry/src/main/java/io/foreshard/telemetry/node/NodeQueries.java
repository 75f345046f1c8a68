package io.foreshard.telemetry.node;

import io.foreshard.runtime.Checks;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a Prometheus server is asked about one server node, in PromQL. Each query gives a scalar, or a vector of one series.
 *
 * @param cpu share of the processors in use, 0…1, or {@code null} not to ask
 * @param memory share of the memory that is not available, 0…1, or {@code null} not to ask
 * @param network share of the network capacity in use, 0…1, or {@code null} not to ask
 * @param ageSeconds how old the samples behind the others are, by the server's own clock; or {@code null} to take them as new, so that
 *     a node that died goes unnoticed for as long as the server looks back, five minutes by default
 */
public record NodeQueries(
        @Nullable String cpu,
        @Nullable String memory,
        @Nullable String network,
        @Nullable String ageSeconds) {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /**
     * Checks that something is asked.
     *
     * @throws IllegalArgumentException if all three facts are {@code null}
     */
    public NodeQueries {
        Checks.require(cpu != null || memory != null || network != null, "queries", null, "cpu, memory or network");
    }

    /**
     * {@return the queries for a node_exporter that the server scrapes}
     *
     * @param instance the value of its label {@code instance}, for instance {@code 10.0.0.7:9100}
     * @param window time over which rates are taken, at least two of the server's scrape intervals, better four; 1 ms … 1 day
     * @throws IllegalArgumentException if the window is outside
     */
    public static NodeQueries ofNodeExporter(String instance, Duration window) {
        String range = "[" + Checks.duration("window", window, SHORTEST, LONGEST) / 1_000_000 + "ms]";
        String node = "instance=" + quoted(instance);
        return new NodeQueries(cpu(node, range), memory(node), network(node, range), age(node));
    }

    private static String cpu(String node, String range) {
        String all = "rate(node_cpu_seconds_total{" + node + "}" + range + ")";
        String idle = "rate(node_cpu_seconds_total{" + node + ",mode=~\"idle|iowait\"}" + range + ")";
        return "1 - sum(" + idle + ") / sum(" + all + ")";
    }

    private static String memory(String node) {
        return "1 - max(node_memory_MemAvailable_bytes{" + node + "}) / max(node_memory_MemTotal_bytes{" + node + "})";
    }

    private static String network(String node, String range) {
        String device = node + ",device!~" + quoted(NetworkDevices.VIRTUAL);
        String speed = ") / (node_network_speed_bytes{" + device + "} > 0)";
        String received = "rate(node_network_receive_bytes_total{" + device + "}" + range + speed;
        String sent = "rate(node_network_transmit_bytes_total{" + device + "}" + range + speed;
        // The label keeps the second from being taken for the first.
        return "max(max(" + received + ") or label_replace(max(" + sent + "), \"way\", \"sent\", \"\", \"\"))";
    }

    private static String age(String node) {
        return "time() - max(timestamp(node_memory_MemTotal_bytes{" + node + "}))";
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
