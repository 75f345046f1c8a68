package io.foreshard.jmh.stacks;

import io.foreshard.stackvirt.spi.ScalingMemory;
import io.foreshard.stackvirt.spi.ScalingPlan;
import io.foreshard.stackvirt.spi.ScalingPolicy;
import io.foreshard.stackvirt.spi.ScalingView;
import io.foreshard.stackvirt.spi.TrafficOutlook;
import io.foreshard.stackvirt.traffic.KindTraffic;
import io.foreshard.stackvirt.traffic.TrafficExperience;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One policy that is not told what to expect. */
final class PolicyPilot implements Pilot {

    private final ScalingPolicy policy;
    private final long tickMillis;
    private final boolean asksAtOnce;
    private final List<ScalingView.Bounds> bounds;
    private final List<KindTraffic> traffic;
    private final ScalingMemory[] memories;

    PolicyPilot(ScalingPolicy policy, long tickMillis, boolean asksAtOnce, List<ScalingView.Bounds> bounds) {
        this.policy = policy;
        this.tickMillis = tickMillis;
        this.asksAtOnce = asksAtOnce;
        this.bounds = bounds;
        traffic = bounds.stream()
                .map(kind -> new KindTraffic(
                        new TrafficExperience(), Optional.empty(), kind.maxInFlight(), (long) kind.coldMillis()))
                .toList();
        memories = new ScalingMemory[bounds.size()];
        Arrays.fill(memories, ScalingMemory.NONE);
    }

    @Override
    public long tickMillis() {
        return tickMillis;
    }

    @Override
    public boolean asksAtOnce() {
        return asksAtOnce;
    }

    @Override
    public void arrived(int kind, long nowMillis) {
        traffic.get(kind).arrived(nowMillis);
    }

    @Override
    public void answered(int kind, long nowMillis) {
        traffic.get(kind).answered(nowMillis);
    }

    @Override
    public void tick(long nowMillis) {}

    @Override
    public int plan(int kind, long nowMillis, ScalingView.Stock stock, int waiting) {
        ScalingPlan plan = policy.plan(new ScalingView(
                "kind-" + kind,
                nowMillis,
                bounds.get(kind),
                stock,
                traffic.get(kind).load(nowMillis, waiting),
                TrafficOutlook.none(),
                0,
                memories[kind]));
        memories[kind] = plan.memory();
        return plan.resident();
    }
}
