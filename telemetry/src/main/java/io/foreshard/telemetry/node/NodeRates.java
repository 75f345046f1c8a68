package io.foreshard.telemetry.node;

import io.foreshard.telemetry.LoadObservation;
import io.foreshard.telemetry.TelemetryCounters;
import io.foreshard.telemetry.TelemetryReason;
import org.jspecify.annotations.Nullable;

/**
 * Makes loads of the differences between readings of one node. The share of the processors is a quotient of two of the node's
 * counters and needs no clock; the rate of the network uses ours. One reading at a time.
 */
final class NodeRates {

    // Above this multiple of the capacity, not the reading but the capacity is wrong.
    private static final double MOST_OF_CAPACITY = 1.2;
    // How far a clock may run off between two readings before it counts as set.
    private static final double CLOCK_SLACK_SECONDS = 1;
    private static final double NANOS_PER_SECOND = 1e9;

    private final NodeRatesSettings settings;
    private final TelemetryCounters counters;
    private @Nullable NodeCounters before;
    private long beforeNanos;

    NodeRates(NodeRatesSettings settings, TelemetryCounters counters) {
        this.settings = settings;
        this.counters = counters;
    }

    /** Returns what the reading says; of the first, and of the first after a long silence, only the memory is known. */
    @Nullable
    LoadObservation next(NodeCounters now, long nowNanos) {
        NodeCounters last = before;
        double seconds = (nowNanos - beforeNanos) / NANOS_PER_SECOND;
        if (last != null && seconds <= 0) {
            return null;
        }
        before = now;
        beforeNanos = nowNanos;
        if (last == null || seconds > settings.longestStepSeconds()) {
            return load(Double.NaN, memory(now), Double.NaN, nowNanos);
        }
        if (isFrozen(last, now)) {
            counters.count(TelemetryReason.FROZEN);
            return null;
        }
        watchClock(last, now, seconds);
        return load(cpu(last, now, seconds), memory(now), network(last, now, seconds), nowNanos);
    }

    private static LoadObservation load(double cpu, double memory, double network, long nowNanos) {
        return new LoadObservation(cpu, memory, network, nowNanos, 1);
    }

    private static boolean isFrozen(NodeCounters last, NodeCounters now) {
        boolean clockMoved = now.clockSeconds() != last.clockSeconds() && !Double.isNaN(now.clockSeconds());
        return !clockMoved && now.cpuTotalSeconds() == last.cpuTotalSeconds();
    }

    private void watchClock(NodeCounters last, NodeCounters now, double seconds) {
        double drift = Math.abs(now.clockSeconds() - last.clockSeconds() - seconds);
        if (drift > CLOCK_SLACK_SECONDS + seconds) {
            counters.count(TelemetryReason.CLOCK_JUMP);
        }
    }

    private double memory(NodeCounters now) {
        double total = now.memoryTotalBytes();
        if (total > 0) {
            return counted(1 - now.memoryAvailableBytes() / total);
        }
        counters.count(Double.isNaN(total) ? TelemetryReason.MISSING_FACT : TelemetryReason.IMPLAUSIBLE);
        return Double.NaN;
    }

    private double cpu(NodeCounters last, NodeCounters now, double seconds) {
        double share = quotient(
                difference(last.cpuBusySeconds(), now.cpuBusySeconds()),
                difference(last.cpuTotalSeconds(), now.cpuTotalSeconds()));
        if (!settings.countCpuPressure()) {
            return counted(share);
        }
        double waiting = difference(last.cpuWaitingSeconds(), now.cpuWaitingSeconds()) / seconds;
        return counted(Double.isNaN(waiting) ? share : Math.max(share, Math.min(1, waiting)));
    }

    private double network(NodeCounters last, NodeCounters now, double seconds) {
        double busiest = Double.NaN;
        for (var entry : now.devices().entrySet()) {
            NodeCounters.Device earlier = last.devices().get(entry.getKey());
            if (earlier != null) {
                busiest = larger(busiest, busyShare(earlier, entry.getValue(), seconds));
            }
        }
        return counted(busiest);
    }

    private double busyShare(NodeCounters.Device last, NodeCounters.Device now, double seconds) {
        double capacity = settings.capacity(now.speedBytesPerSecond());
        double bytes = larger(
                difference(last.receivedBytes(), now.receivedBytes()), difference(last.sentBytes(), now.sentBytes()));
        double share = bytes / seconds / capacity;
        if (share > MOST_OF_CAPACITY) {
            counters.count(TelemetryReason.IMPLAUSIBLE);
            return Double.NaN;
        }
        return Math.min(1, share);
    }

    /** Returns how far a counter went, or NaN if it is not known or went back. */
    private double difference(double from, double to) {
        if (to < from) {
            counters.count(TelemetryReason.COUNTER_RESET);
            return Double.NaN;
        }
        return to - from;
    }

    private static double quotient(double part, double whole) {
        return whole > 0 ? part / whole : Double.NaN;
    }

    private static double larger(double one, double other) {
        return Double.isNaN(one) ? other : Double.isNaN(other) ? one : Math.max(one, other);
    }

    private double counted(double share) {
        if (Double.isNaN(share)) {
            counters.count(TelemetryReason.MISSING_FACT);
        }
        return share;
    }
}
