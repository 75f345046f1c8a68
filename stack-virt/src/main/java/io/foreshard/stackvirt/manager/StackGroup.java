package io.foreshard.stackvirt.manager;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.coreapi.Reason;
import io.foreshard.stackvirt.mux.StackSet;
import io.foreshard.stackvirt.spi.FoundStack;
import io.foreshard.stackvirt.spi.Readiness;
import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackSpec;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** All stacks of one kind, and how many there are to be. Confined to the event loop of the manager. */
final class StackGroup implements Surroundings {

    private static final long RETRY_MILLIS = 1000;
    private static final int MOST_OUT_OF_MEMORY = 16;

    private final StackEngine engine;
    private final StackSet set;
    private final EventLoop loop;
    private final EngineObserver observer;
    private final LongSupplier clock;
    private final long drainNanos;
    private final String owner;
    private final LongSupplier numbers;
    private final Limits limits;
    private final StartTimes startTimes;
    private final Backoff backoff = new Backoff();
    private final Map<StackId, ManagedStack> stacks = new LinkedHashMap<>();
    private final Map<StackId, Integer> inFlight = new HashMap<>();
    private final ArrayDeque<StackId> outOfMemory = new ArrayDeque<>();
    private StackSpec spec;
    private StackTargets targets = StackTargets.NONE;
    private @Nullable ManagerReason refusal;
    private boolean isTrimmed;
    private boolean isScaled;

    StackGroup(StackSpec spec, StackEngine engine, StackManagerBuilder builder, LongSupplier numbers, Limits limits) {
        this.spec = spec;
        this.engine = engine;
        this.numbers = numbers;
        this.limits = limits;
        set = builder.multiplexer.stacks(spec.name());
        loop = builder.loop;
        observer = builder.observer;
        clock = builder.clock;
        owner = builder.owner;
        drainNanos = builder.drainNanos();
        startTimes = new StartTimes(builder.firstStartNanos(), builder.firstThawNanos());
    }

    void scale(StackTargets wanted, boolean atOnce) {
        targets = wanted;
        isScaled = true;
        if (atOnce) {
            look(now());
        }
    }

    /** Moves everything on as far as it goes now. */
    void look(long nowNanos) {
        inFlight.clear();
        set.stacks().forEach(stack -> inFlight.put(stack.id(), stack.inFlight()));
        // What was taken over stays as it was found until somebody has said how many there are to be.
        if (isScaled) {
            reconcile(nowNanos);
        }
        for (ManagedStack stack : List.copyOf(stacks.values())) {
            stack.advance(nowNanos);
        }
    }

    private void reconcile(long nowNanos) {
        Goals goals = Goals.assign(statuses(), targets);
        stacks.values().forEach(stack -> stack.aim(goals.of(stack.id())));
        boolean complete = add(goals.more().running(), Readiness.RUNNING, nowNanos)
                && add(goals.more().frozen(), Readiness.FROZEN, nowNanos)
                && add(goals.more().created(), Readiness.CREATED, nowNanos);
        if (complete) {
            refusal = null;
        }
    }

    private boolean add(int count, Readiness goal, long nowNanos) {
        long memory = spec.resources().memoryBytes();
        for (int i = 0; i < count; i++) {
            ManagerReason why = backoff.isOver(nowNanos) ? limits.admit(memory) : ManagerReason.BACKING_OFF;
            if (why != null) {
                refuse(why);
                return false;
            }
            add(new StackId(owner, spec.name(), numbers.getAsLong()), memory, StackPhase.NEW, goal, nowNanos);
        }
        return true;
    }

    /** Counted when it begins, not each time it is found to last. */
    private void refuse(ManagerReason why) {
        if (refusal != why) {
            refusal = why;
            observer.count(why, 1);
        }
    }

    private ManagedStack add(StackId id, long memory, StackPhase phase, Readiness goal, long nowNanos) {
        ManagedStack stack = new ManagedStack(id, spec, new MemoryShare(limits, memory), this, phase, goal, nowNanos);
        stacks.put(id, stack);
        return stack;
    }

    /** Takes over what an earlier manager has left; what becomes of it is decided by the next look. */
    void adopt(FoundStack found) {
        long now = now();
        // An earlier manager may have given it more than the kind begins with.
        long memory = Math.max(found.memoryBytes(), spec.resources().memoryBytes());
        limits.count(memory);
        observer.count(ManagerReason.ADOPTED, 1);
        StackPhase phase = found.readiness() == Readiness.CREATED ? StackPhase.CREATED : StackPhase.STARTING;
        ManagedStack stack = add(found.id(), memory, phase, found.readiness(), now);
        if (found.readiness() == Readiness.RUNNING) {
            stack.connectAgain(now);
        } else if (found.readiness() == Readiness.FROZEN) {
            stack.thawAgain(now);
        }
    }

    /** Returns what each may use from now on: less memory than wanted, if all together would get more than there is. */
    CompletionStage<StackResources> resize(StackResources wanted) {
        StackResources granted = granted(wanted);
        spec = spec.with(granted);
        List<CompletableFuture<Void>> updates = new ArrayList<>();
        for (ManagedStack stack : stacks.values()) {
            updates.add(stack.resize(granted).toCompletableFuture());
        }
        return CompletableFuture.allOf(updates.toArray(CompletableFuture[]::new))
                .thenApply(all -> granted);
    }

    private StackResources granted(StackResources wanted) {
        List<Long> counted = stacks.values().stream()
                .filter(stack -> !stack.isGoing())
                .map(stack -> stack.memory().counted())
                .toList();
        long memory = limits.affordable(spec.resources().memoryBytes(), wanted.memoryBytes(), counted);
        boolean isLess = memory < wanted.memoryBytes();
        if (isLess && !isTrimmed) {
            observer.count(ManagerReason.MEMORY_LIMIT, 1);
        }
        isTrimmed = isLess;
        return isLess ? wanted.withMemory(memory) : wanted;
    }

    void destroyAll() {
        targets = StackTargets.NONE;
        for (ManagedStack stack : List.copyOf(stacks.values())) {
            stack.destroy(now());
        }
    }

    /** Lets go of all stacks and leaves them as they are. */
    void forget() {
        stacks.keySet().forEach(set::remove);
        stacks.clear();
    }

    boolean isEmpty() {
        return stacks.isEmpty();
    }

    List<StackStatus> statuses() {
        return stacks.values().stream().map(ManagedStack::status).toList();
    }

    StackSpec spec() {
        return spec;
    }

    KindReport report() {
        return new KindReport(
                spec.name(),
                statuses(),
                targets,
                startTimes.startNanos(),
                startTimes.thawNanos(),
                List.copyOf(outOfMemory),
                refusal);
    }

    @Override
    public StackEngine engine() {
        return engine;
    }

    @Override
    public StackSet stacks() {
        return set;
    }

    @Override
    public int inFlight(StackId id) {
        return inFlight.getOrDefault(id, 0);
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public EngineObserver observer() {
        return observer;
    }

    @Override
    public StartTimes startTimes() {
        return startTimes;
    }

    @Override
    public long now() {
        return clock.getAsLong();
    }

    @Override
    public long drainNanos() {
        return drainNanos;
    }

    @Override
    public void later(Runnable action) {
        loop.schedule(action, RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void well(ManagedStack stack) {
        backoff.succeeded();
    }

    @Override
    public void failed(ManagedStack stack, Reason reason) {
        if (reason == StackFailure.OUT_OF_MEMORY) {
            outOfMemory.addLast(stack.id());
            if (outOfMemory.size() > MOST_OUT_OF_MEMORY) {
                outOfMemory.removeFirst();
            }
        }
        backoff.failed(now());
    }

    @Override
    public void gone(ManagedStack stack) {
        if (stacks.remove(stack.id()) != null) {
            stack.memory().release();
        }
    }
}
