package io.foreshard.stackvirt.scaling;

import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackUsage;
import java.util.function.LongToDoubleFunction;

/** One stack that wants processor time and memory, and gets what it may have; read every ten seconds. */
final class ModelUse {

    static final long STEP_MILLIS = 10_000;

    private final ResourceScaling scaling;
    private final StackId id = new StackId("test", "dns", 1);
    private StackResources resources;
    private long nowMillis;
    private long cpuNanos;
    private long throttledNanos;
    private long kills;
    private int changes;
    private long lastChange = Long.MIN_VALUE;
    private long shortestPause = Long.MAX_VALUE;

    ModelUse(ResourceScaling scaling, StackResources first) {
        this.scaling = scaling;
        resources = first;
    }

    /** Goes on for a time; what is wanted may depend on the time. */
    ModelUse run(long millis, LongToDoubleFunction cpus, LongToDoubleFunction memory) {
        long end = nowMillis + millis;
        while (nowMillis < end) {
            nowMillis += STEP_MILLIS;
            double wanted = cpus.applyAsDouble(nowMillis);
            double got = Math.min(wanted, resources.cpus());
            cpuNanos += (long) (got * STEP_MILLIS * 1e6);
            throttledNanos += wanted > got ? (long) ((1 - got / wanted) * STEP_MILLIS * 1e6) : 0;
            long bytes = (long) memory.applyAsDouble(nowMillis);
            if (bytes > resources.memoryBytes()) {
                kills++;
                bytes = 1 << 20;
            }
            scaling.read(nowMillis, id, new StackUsage(cpuNanos, throttledNanos, bytes, 3, kills));
            plan();
        }
        return this;
    }

    void plan() {
        ResourcePlan plan = scaling.plan(nowMillis, resources);
        if (plan.isChange()) {
            changes++;
            if (lastChange != Long.MIN_VALUE) {
                shortestPause = Math.min(shortestPause, nowMillis - lastChange);
            }
            lastChange = nowMillis;
        }
        resources = plan.resources();
    }

    StackResources resources() {
        return resources;
    }

    long nowMillis() {
        return nowMillis;
    }

    long kills() {
        return kills;
    }

    int takeChanges() {
        int made = changes;
        changes = 0;
        return made;
    }

    long shortestPause() {
        return shortestPause;
    }
}
