package io.foreshard.examples.sendfile;

import io.foreshard.coreapi.PathOutlook;
import io.foreshard.shardcodec.spi.ShardPlan;
import java.util.ArrayList;
import java.util.List;

/** What happened during one transfer, over time since its start in seconds. Safe for use by several threads. */
final class Recording {

    /** An outlook and what was observed with it. */
    record Look(double atSeconds, PathOutlook outlook, double observed) {}

    /** A plan. */
    record Planned(double atSeconds, int shardBytes) {}

    /** The pace of the sender. */
    record Pace(double atSeconds, double bytesPerSecond) {}

    private final long startNanos = System.nanoTime();
    private final List<Look> looks = new ArrayList<>();
    private final List<Planned> plans = new ArrayList<>();
    private final List<Pace> paces = new ArrayList<>();

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
        plans.add(new Planned(now(), plan.shardBytes()));
    }

    synchronized void onPace(double bytesPerSecond) {
        paces.add(new Pace(now(), bytesPerSecond));
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
}
