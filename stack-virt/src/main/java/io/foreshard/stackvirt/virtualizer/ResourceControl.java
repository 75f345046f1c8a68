package io.foreshard.stackvirt.virtualizer;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.stackvirt.manager.KindReport;
import io.foreshard.stackvirt.manager.StackManager;
import io.foreshard.stackvirt.mux.StackStatistics;
import io.foreshard.stackvirt.scaling.ResourceBounds;
import io.foreshard.stackvirt.scaling.ResourcePlan;
import io.foreshard.stackvirt.scaling.ResourceScaling;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackUsage;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each stack of a kind may use, moved between bounds. Confined to the loop. */
final class ResourceControl {

    private static final Logger LOG = LoggerFactory.getLogger(ResourceControl.class);
    private static final long INTERVAL_MILLIS = 10_000;

    private final String kind;
    private final StackManager manager;
    private final EngineObserver observer;
    private final ResourceScaling scaling;
    private StackResources resources;
    private Set<StackId> outOfMemory = Set.of();
    private long plannedMillis;
    private boolean isChanging;

    ResourceControl(
            String kind, StackResources first, ResourceBounds bounds, StackManager manager, EngineObserver observer) {
        this.kind = kind;
        this.manager = manager;
        this.observer = observer;
        scaling = new ResourceScaling(bounds, observer);
        resources = first;
    }

    void read(long nowMillis, StackId id, StackUsage usage) {
        scaling.read(nowMillis, id, usage);
    }

    void step(long nowMillis, KindReport report, List<StackStatistics> stacks) {
        report.outOfMemory().stream()
                .filter(id -> !outOfMemory.contains(id))
                .forEach(id -> scaling.killed(nowMillis, id));
        outOfMemory = Set.copyOf(report.outOfMemory());
        stacks.forEach(stack -> scaling.buffered(nowMillis, stack.inFlightBytes()));
        if (nowMillis - plannedMillis >= INTERVAL_MILLIS && !isChanging) {
            plannedMillis = nowMillis;
            ResourcePlan plan = scaling.plan(nowMillis, resources);
            if (plan.isChange()) {
                LOG.info("{}: {}", kind, plan.explain());
                change(plan.resources());
            }
        }
    }

    /** New stacks get what is planned even if one that is there cannot be changed. */
    private void change(StackResources planned) {
        resources = planned;
        isChanging = true;
        manager.resize(kind, planned).whenComplete((given, thrown) -> {
            isChanging = false;
            if (thrown == null) {
                resources = given;
            } else {
                LOG.warn("{}: limits of a stack could not be changed: {}", kind, thrown.getMessage());
                observer.count(VirtualizerReason.RESIZE_FAILED, 1);
            }
        });
    }

    /** What each stack may use now. */
    StackResources resources() {
        return resources;
    }
}
