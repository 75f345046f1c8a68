package io.foreshard.examples.sendfile;

import io.foreshard.coreapi.GateReport;
import io.foreshard.coreapi.PathOutlook;
import io.foreshard.shardcodec.spi.ShardPlan;
import java.util.ArrayList;
import java.util.List;

/** What happened during one transfer, over time since the start of the path in seconds. Safe for use by several threads. */
final class Recording {

    /** An outlook and what was observed with it. */
    record Look(double atSeconds, PathOutlook outlook, double observed) {}

    /** A plan. */
    record Planned(double atSeconds, int shardBytes, ShardPlan.Cause cause) {}

    /** The pace of the sender. */
    record Pace(double atSeconds, double bytesPerSecond) {}

    /** The state of the gate between forecasts and decisions. */
    record Gated(double atSeconds, GateReport report) {}

    private volatile long startNanos = System.nanoTime();
    private final List<Look> looks = new ArrayList<>();
    private final List<Planned> plans = new ArrayList<>();
    private final List<Pace> paces = new ArrayList<>();
    private final List<Gated> gates = new ArrayList<>();

    /** Takes that the path exists from now on, so that times agree with those of its episodes. */
    void start() {
        startNanos = System.nanoTime();
    }

    long startNanos() {
        return startNanos;
    }

    private double now() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    synchronized void onOutlook(PathOutlook outlook, double observed) {
        looks.add(new Look(now(), outlook, observed));
    }

    synchronized void onPlan(ShardPlan plan) {
        plans.add(new Planned(now(), plan.shardBytes(), plan.cause()));
    }

    synchronized void onPace(double bytesPerSecond) {
        paces.add(new Pace(now(), bytesPerSecond));
    }

    synchronized void onGate(GateReport report) {
        gates.add(new Gated(now(), report));
    }

    synchronized List<Look> looks() {
        return List.copyOf(looks);
    }

    synchronized List<Planned> plans() {
        return List.copyOf(plans);
    }

    synchronized List<Pace> paces() {
        return List.copyOf(paces);
    }

    synchronized List<Gated> gates() {
        return List.copyOf(gates);
    }
}
