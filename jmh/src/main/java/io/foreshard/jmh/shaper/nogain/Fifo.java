package io.foreshard.jmh.shaper.nogain;

import io.foreshard.coreapi.PathSample;
import io.foreshard.coreapi.TelemetrySource;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A bottleneck that forgets nothing, and probes through it that are seen when they are back. Not safe for use by several threads. */
final class Fifo implements TelemetrySource {

    private final double nanosPerPacket;
    private final long roundTripNanos;
    private final Queue<Probe> underWay = new ArrayDeque<>();
    private @Nullable Probe newest;
    private double freeNanos;

    private record Probe(long backNanos, long latencyNanos) {}

    Fifo(double nanosPerPacket, long roundTripNanos) {
        this.nanosPerPacket = nanosPerPacket;
        this.roundTripNanos = roundTripNanos;
    }

    /** Takes a packet and returns when it has arrived. */
    long take(long nowNanos) {
        freeNanos = Math.max(freeNanos, (double) nowNanos) + nanosPerPacket;
        return (long) freeNanos + roundTripNanos / 2;
    }

    void probe(long nowNanos) {
        long latency = roundTripNanos + Math.max(0, (long) freeNanos - nowNanos);
        underWay.add(new Probe(nowNanos + latency, latency));
    }

    @Override
    public @Nullable PathSample latest(SocketAddress destination, long nowNanos) {
        for (Probe next = underWay.peek(); next != null && next.backNanos <= nowNanos; next = underWay.peek()) {
            newest = underWay.remove();
        }
        return newest == null
                ? null
                : new PathSample(newest.latencyNanos, Double.NaN, 0, nowNanos - newest.backNanos, 1);
    }
}
