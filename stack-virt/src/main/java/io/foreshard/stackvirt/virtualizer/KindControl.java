package io.foreshard.stackvirt.virtualizer;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.stackvirt.manager.KindReport;
import io.foreshard.stackvirt.manager.StackManager;
import io.foreshard.stackvirt.manager.StackPhase;
import io.foreshard.stackvirt.manager.StackStatus;
import io.foreshard.stackvirt.manager.StackTargets;
import io.foreshard.stackvirt.mux.KindStatistics;
import io.foreshard.stackvirt.mux.Multiplexer;
import io.foreshard.stackvirt.mux.StackCondition;
import io.foreshard.stackvirt.mux.StackSet;
import io.foreshard.stackvirt.mux.StackStatistics;
import io.foreshard.stackvirt.scaling.KindScaler;
import io.foreshard.stackvirt.scaling.ResourceBounds;
import io.foreshard.stackvirt.scaling.StackScaler;
import io.foreshard.stackvirt.spi.EngineFeature;
import io.foreshard.stackvirt.spi.EngineReport;
import io.foreshard.stackvirt.spi.ScalingMemory;
import io.foreshard.stackvirt.spi.ScalingPlan;
import io.foreshard.stackvirt.spi.ScalingReason;
import io.foreshard.stackvirt.spi.ScalingView;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackIdle;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackUsage;
import io.foreshard.stackvirt.spi.TrafficOutlook;
import io.foreshard.stackvirt.traffic.AuxiliaryTask;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One kind: what is seen of it becomes a plan, and the plan is told. Confined to the loop. */
final class KindControl {

    private static final Logger LOG = LoggerFactory.getLogger(KindControl.class);
    private static final double SMOOTHING = 0.1;

    /** Of readings of memory, one a second and stack: stacks begin small, and the limit counts until some are known. */
    private static final double SLOW = 0.01;

    /** Of containers, until some were thawed. */
    private static final double FIRST_THAW_MILLIS = 10;

    /** What a small Java process takes that has nothing to do. */
    private static final double IDLE_CPUS = 0.002;

    private final StackManager manager;
    private final StackSet set;
    private final EngineObserver observer;
    private final KindScaler scaler;
    private final StackResources specified;
    private final @Nullable ResourceControl vertical;
    private final UsageMeter usage;
    private boolean freezes;
    private boolean updates;
    private long newestMillis;
    private KindReport stacks;
    private ScalingPlan plan;
    private long exposedBefore;
    private double meanBytes;
    private double megabytes;

    /** What all kinds use. */
    record Parts(
            StackScaler scaler,
            StackManager manager,
            Multiplexer multiplexer,
            EngineObserver observer,
            Duration firstStart) {}

    KindControl(StackVirtualizerBuilder.Kind kind, Parts parts) {
        manager = parts.manager();
        observer = parts.observer();
        String name = kind.spec().name();
        set = parts.multiplexer().stacks(name);
        ScalingView.Bounds bounds = new ScalingView.Bounds(
                kind.bounds().least(),
                kind.bounds().most(),
                kind.messages().maxInFlight(),
                kind.spec().resources().memoryBytes() / 1e6,
                parts.firstStart().toMillis(),
                FIRST_THAW_MILLIS,
                IDLE_CPUS,
                ScalingView.Bounds.MEGABYTES_PER_CPU);
        megabytes = bounds.megabytes();
        scaler = parts.scaler().kind(name, bounds);
        specified = kind.spec().resources();
        ResourceBounds between = kind.bounds().resources();
        vertical = between == null ? null : new ResourceControl(name, specified, between, manager, observer);
        usage = new UsageMeter(this::resources, this::used, manager.engine(name), parts.multiplexer(), observer);
        stacks = new KindReport(name, List.of(), StackTargets.NONE, 0, 0, List.of(), null);
        plan = ScalingPlan.running(0, ScalingReason.IDLE, ScalingMemory.NONE, view(0, stock(), 0));
    }

    String name() {
        return stacks.kind();
    }

    /** Takes what the engine can do. */
    void begin(EngineReport can) {
        freezes = can.has(EngineFeature.FREEZE);
        updates = can.has(EngineFeature.UPDATE);
        usage.begin(can.has(EngineFeature.USAGE));
    }

    void arrived(long nowMillis, int bytes) {
        meanBytes += SMOOTHING * (bytes - meanBytes);
        scaler.arrived(nowMillis);
    }

    void task(AuxiliaryTask task, long count, long nowMillis) {
        scaler.task(task, count, nowMillis);
    }

    void answered(long nowMillis) {
        scaler.answered(nowMillis);
    }

    private StackResources resources() {
        return vertical == null ? specified : vertical.resources();
    }

    private void used(StackId id, StackUsage read) {
        if (read.memoryBytes() > 0) {
            megabytes += SLOW * (read.memoryBytes() / 1e6 - megabytes);
            scaler.megabytes(megabytes);
        }
        if (vertical != null) {
            vertical.read(newestMillis, id, read);
        }
    }

    /** Plans with what is known now, and tells what the newest second was like. */
    VirtualizedKind step(long nowMillis, long nowNanos, KindReport report, boolean isWell) {
        stacks = report;
        newestMillis = nowMillis;
        scaler.coldMillis(report.startNanos() / 1e6);
        scaler.thawMillis(report.thawNanos() / 1e6);
        KindStatistics messages = set.statistics();
        scaler.exposed(messages.exposed() - exposedBefore);
        exposedBefore = messages.exposed();
        List<StackStatistics> running = set.stacks();
        if (isWell) {
            plan(nowMillis, messages.waiting());
        } else {
            follow(needed(nowMillis, messages.waiting()));
        }
        if (vertical != null && updates) {
            vertical.step(nowMillis, report, running);
        }
        List<StackReading> readings = usage.read(running, nowNanos);
        tell(readings);
        return new VirtualizedKind(
                name(),
                report,
                messages,
                plan,
                scaler.regret(),
                readings,
                scaler.traffic().tasks());
    }

    void planAtOnce(long nowMillis, int waiting) {
        stacks = manager.report().stream()
                .filter(each -> each.kind().equals(name()))
                .findFirst()
                .orElse(stacks);
        plan(nowMillis, waiting);
    }

    private void plan(long nowMillis, int waiting) {
        try {
            follow(scaler.plan(nowMillis, stock(), waiting));
        } catch (RuntimeException failure) {
            LOG.warn("{}: the scaling policy threw", name(), failure);
            observer.count(VirtualizerReason.POLICY_FAILED, 1);
            follow(needed(nowMillis, waiting));
        }
    }

    /** Without a policy, what is needed now is there and nothing goes. */
    private ScalingPlan needed(long nowMillis, int waiting) {
        ScalingView.Stock stock = stock();
        int there = stock.running() + stock.starting();
        ScalingView view = view(nowMillis, stock, waiting);
        return ScalingPlan.running(
                Math.max(there, view.neededNow()), ScalingReason.COVERS_LOAD, ScalingMemory.NONE, view);
    }

    private ScalingView view(long nowMillis, ScalingView.Stock stock, int waiting) {
        int inFlight = Math.max(0, scaler.traffic().messages() - waiting);
        ScalingView.Load load = new ScalingView.Load(inFlight, waiting, inFlight, inFlight, new StackIdle(new long[0]));
        return new ScalingView(
                name(), nowMillis, scaler.bounds(), stock, load, TrafficOutlook.none(), 0, ScalingMemory.NONE);
    }

    /** An engine that cannot freeze keeps running what should be frozen: it holds memory in any case. */
    private void follow(ScalingPlan next) {
        plan = next;
        StackTargets targets = freezes
                ? new StackTargets(next.running(), next.frozen(), next.created())
                : new StackTargets(next.resident(), 0, next.created());
        manager.scale(name(), targets);
    }

    /** Stacks by what they are on their way to. */
    private ScalingView.Stock stock() {
        int running = 0;
        int starting = 0;
        int frozen = 0;
        int created = 0;
        for (StackStatus stack : stacks.stacks()) {
            switch (stack.goal()) {
                case RUNNING -> {
                    running += stack.phase() == StackPhase.RUNNING ? 1 : 0;
                    starting += stack.phase() == StackPhase.RUNNING ? 0 : 1;
                }
                case FROZEN -> frozen++;
                case CREATED -> created++;
                case ABSENT -> {}
            }
        }
        return new ScalingView.Stock(running, starting, frozen, created);
    }

    /** Tells the multiplexer what is known of its stacks: those that had more than their share are expected to go on so. */
    private void tell(List<StackReading> readings) {
        double expected = expectedInFlight();
        double sum = 0;
        for (StackReading reading : readings) {
            sum += usage.usualInFlight(reading.id()) + 1;
        }
        for (StackReading reading : readings) {
            double share = (usage.usualInFlight(reading.id()) + 1) / sum;
            set.condition(reading.id(), new StackCondition(1, Math.min(1e9, expected * share), reading.headroom()));
        }
    }

    /** How many messages there will be at a time at most in the coming slot, on average. */
    double expectedInFlight() {
        if (!scaler.isTrusted()) {
            return 0;
        }
        TrafficOutlook outlook = scaler.traffic().outlook();
        double stacksNeeded = 0;
        for (int stack = 1; stack <= outlook.stacks(); stack++) {
            stacksNeeded += outlook.probability(stack);
        }
        return stacksNeeded * scaler.bounds().maxInFlight();
    }

    /** How many bytes of messages there will be on their way to one stack. */
    double expectedBytes() {
        int running = Math.max(1, usage.running().size());
        return Math.max(expectedInFlight(), scaler.traffic().messages()) * meanBytes / running;
    }

    UsageMeter usage() {
        return usage;
    }

    StackSet set() {
        return set;
    }

    long mostBufferBytes() {
        return resources().bufferBytes();
    }
}
