package io.foreshard.telemetry.node;

import io.foreshard.coreapi.NodeLoad;
import io.foreshard.coreapi.PathSample;
import io.foreshard.telemetry.LoadFact;
import io.foreshard.telemetry.PushTelemetry;
import io.foreshard.telemetry.TelemetryCounters;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Polls its nodes on a timer and hands out what they said last. */
final class PolledNodes implements NodeTelemetry {

    private final EventExecutor timer;
    private final long intervalNanos;
    private final PushTelemetry loads;
    private final List<PolledNode> nodes;
    private final List<Future<?>> polls = new ArrayList<>();
    private boolean closed;

    PolledNodes(EventExecutor timer, long intervalNanos, PushTelemetry loads, List<PolledNode> nodes) {
        this.timer = timer;
        this.intervalNanos = intervalNanos;
        this.loads = loads;
        this.nodes = List.copyOf(nodes);
    }

    @Override
    public synchronized void start() {
        if (closed) {
            throw new IllegalStateException("closed (expected: a source that was not closed)");
        }
        // Spread over the interval: a thousand servers asked in one moment would be a burst of our own making.
        for (int i = polls.size(); i < nodes.size(); i++) {
            long phaseNanos = (long) ((double) intervalNanos * i / nodes.size());
            polls.add(timer.scheduleAtFixedRate(nodes.get(i)::poll, phaseNanos, intervalNanos, TimeUnit.NANOSECONDS));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        polls.forEach(poll -> poll.cancel(false));
        polls.clear();
        nodes.forEach(PolledNode::close);
    }

    @Override
    public @Nullable PathSample latest(SocketAddress destination, long nowNanos) {
        return null;
    }

    @Override
    public @Nullable NodeLoad latestLoad(SocketAddress destination, long nowNanos) {
        return loads.latestLoad(destination, nowNanos);
    }

    @Override
    public double[] loadSeries(SocketAddress server, LoadFact fact, long nowNanos) {
        return loads.loadSeries(server, fact, nowNanos);
    }

    @Override
    public TelemetryCounters counters() {
        return loads.counters();
    }
}
