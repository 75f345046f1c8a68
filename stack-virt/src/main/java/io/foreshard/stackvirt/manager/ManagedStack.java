package io.foreshard.stackvirt.manager;

import io.foreshard.coreapi.Reason;
import io.foreshard.stackvirt.mux.StackEvents;
import io.foreshard.stackvirt.spi.Readiness;
import io.foreshard.stackvirt.spi.StackException;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackLink;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackSpec;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stack on its way to what it is to be, a step at a time: while the engine is at work on one, changes of mind wait. A step that fails ends the
 * stack. Confined to the event loop of the manager.
 */
final class ManagedStack implements StackEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ManagedStack.class);

    private final StackId id;
    private StackSpec spec;
    private final MemoryShare memory;
    private final Surroundings around;
    private final HealthWatch health;
    private StackPhase phase;
    private Readiness goal;
    private long sinceNanos;
    private long startedNanos;
    private boolean failed;
    private boolean isOpen;
    /** Waited between being set up and being started, so that its start tells nothing of a cold one. */
    private boolean isParked;

    private @Nullable StackLink link;

    /**
     * A stack that is there already in some phase, or {@link StackPhase#NEW}.
     *
     * @param around what all stacks of a manager use
     */
    ManagedStack(
            StackId id,
            StackSpec spec,
            MemoryShare memory,
            Surroundings around,
            StackPhase phase,
            Readiness goal,
            long nowNanos) {
        this.id = id;
        this.spec = spec;
        this.memory = memory;
        this.around = around;
        this.phase = phase;
        this.goal = goal;
        health = new HealthWatch(spec.health());
        sinceNanos = nowNanos;
        startedNanos = nowNanos;
    }

    StackId id() {
        return id;
    }

    MemoryShare memory() {
        return memory;
    }

    boolean isGoing() {
        return phase == StackPhase.DESTROYING || phase == StackPhase.DESTROYED;
    }

    StackStatus status() {
        return new StackStatus(id, phase, goal, around.inFlight(id), sinceNanos);
    }

    void aim(Readiness readiness) {
        if (!failed) {
            goal = readiness;
        }
    }

    /** Changes what it may use; one that cannot be changed stays as it is. */
    CompletionStage<Void> resize(StackResources resources) {
        if (isGoing()) {
            return CompletableFuture.completedFuture(null);
        }
        spec = spec.with(resources);
        CompletionStage<Void> stage = phase == StackPhase.NEW
                ? CompletableFuture.completedFuture(null)
                : around.engine().update(id, resources);
        long bytes = resources.memoryBytes();
        memory.begin(bytes);
        return stage.whenCompleteAsync((done, thrown) -> memory.end(bytes, thrown == null), around.loop());
    }

    /** Does the next step towards the goal, if none is under way, and looks whether the stack is well. */
    void advance(long nowNanos) {
        switch (phase) {
            case NEW -> fromNew(nowNanos);
            case CREATED -> fromCreated(nowNanos);
            case CHECKING, RUNNING -> fromConnected(nowNanos);
            case IDLE -> fromIdle(nowNanos);
            case DRAINING -> fromDraining(nowNanos);
            case FROZEN -> fromFrozen(nowNanos);
            default -> {}
        }
    }

    private void fromNew(long nowNanos) {
        if (goal == Readiness.ABSENT) {
            enter(StackPhase.DESTROYED, nowNanos);
            around.gone(this);
        } else {
            step(StackPhase.CREATING, nowNanos, () -> around.engine().create(id, spec), () -> StackPhase.CREATED);
        }
    }

    private void fromCreated(long nowNanos) {
        if (goal == Readiness.ABSENT) {
            destroy(nowNanos);
        } else if (goal == Readiness.CREATED) {
            isParked = true;
        } else {
            step(
                    StackPhase.STARTING,
                    nowNanos,
                    () -> around.engine().start(id).thenComposeAsync(started -> connect(), around.loop()),
                    this::connected);
        }
    }

    /** Takes over a stack that runs since before this manager. */
    void connectAgain(long nowNanos) {
        step(StackPhase.STARTING, nowNanos, this::connect, this::connected);
    }

    /** Takes over a stack that was frozen before this manager; it has to answer once before it may freeze again. */
    void thawAgain(long nowNanos) {
        step(
                StackPhase.STARTING,
                nowNanos,
                () -> around.engine().thaw(id).thenComposeAsync(thawed -> connect(), around.loop()),
                this::connected);
    }

    /** On the loop; engines answer on threads of their own. By then the stack may have been given up. */
    private CompletionStage<Void> connect() {
        if (phase != StackPhase.STARTING) {
            return CompletableFuture.failedFuture(new StackException(StackFailure.UNKNOWN_STACK, id + ": given up"));
        }
        return around.engine()
                .connect(id, around.loop(), around.stacks().add(id, this))
                .thenAcceptAsync(this::linked, around.loop());
    }

    private void linked(StackLink made) {
        if (phase == StackPhase.STARTING) {
            link = made;
        } else {
            made.close();
        }
    }

    private StackPhase connected() {
        health.begin(around.now());
        ask(around.now());
        return StackPhase.CHECKING;
    }

    private void fromConnected(long nowNanos) {
        if (!watchHealth(nowNanos)) {
            return;
        }
        if (phase == StackPhase.RUNNING && goal != Readiness.RUNNING) {
            enter(StackPhase.DRAINING, nowNanos);
            around.stacks().drain(id);
        }
    }

    private void fromIdle(long nowNanos) {
        switch (goal) {
            case RUNNING -> runs(nowNanos);
            case FROZEN -> freeze(nowNanos);
            case CREATED, ABSENT -> destroy(nowNanos);
        }
    }

    private void runs(long nowNanos) {
        StackLink opened = link;
        if (opened != null) {
            enter(StackPhase.RUNNING, nowNanos);
            if (isOpen) {
                around.stacks().resume(id);
            } else {
                isOpen = true;
                around.stacks().open(id, opened);
            }
        }
    }

    private void fromDraining(long nowNanos) {
        if (goal == Readiness.RUNNING) {
            runs(nowNanos);
        } else if (nowNanos - sinceNanos >= around.drainNanos()) {
            fail(ManagerReason.DRAIN_TIMED_OUT, nowNanos);
        }
    }

    private void freeze(long nowNanos) {
        StackLink opened = link;
        if (!isOpen && opened != null) {
            // The multiplexer is to know that there is one that can go on at once.
            isOpen = true;
            around.stacks().suspend(id);
            around.stacks().open(id, opened);
        }
        step(StackPhase.FREEZING, nowNanos, () -> around.engine().freeze(id), () -> StackPhase.FROZEN);
    }

    private void fromFrozen(long nowNanos) {
        if (goal == Readiness.RUNNING) {
            long begin = nowNanos;
            step(StackPhase.THAWING, nowNanos, () -> around.engine().thaw(id), () -> {
                around.startTimes().thawed(around.now() - begin);
                health.begin(around.now());
                return StackPhase.IDLE;
            });
        } else if (goal != Readiness.FROZEN) {
            destroy(nowNanos);
        }
    }

    private boolean watchHealth(long nowNanos) {
        switch (health.look(nowNanos)) {
            case ASK -> ask(nowNanos);
            case UNWELL -> {
                fail(ManagerReason.UNHEALTHY, nowNanos);
                return false;
            }
            case WAIT -> {}
        }
        return true;
    }

    private void ask(long nowNanos) {
        long question = health.asked(nowNanos);
        if (link != null && !link.ping(question)) {
            health.unanswered();
        }
    }

    @Override
    public void onDrained() {
        if (phase == StackPhase.DRAINING) {
            enter(StackPhase.IDLE, around.now());
            advance(around.now());
        }
    }

    /** The end of its link follows. */
    @Override
    public void onLie() {
        around.observer().count(ManagerReason.LIED, 1);
    }

    @Override
    public void onPong(long question) {
        long now = around.now();
        if (health.answered(question) && phase == StackPhase.CHECKING) {
            if (!isParked) {
                around.startTimes().started(now - startedNanos);
            }
            around.well(this);
            enter(StackPhase.IDLE, now);
            advance(now);
        }
    }

    /** With its link a stack is broken, unless it ends anyway. */
    @Override
    public void onClosed(StackFailure failure) {
        link = null;
        if (!isGoing()) {
            fail(failure, around.now());
        }
    }

    private void step(
            StackPhase during, long nowNanos, Supplier<CompletionStage<Void>> call, Supplier<StackPhase> after) {
        enter(during, nowNanos);
        CompletionStage<Void> stage;
        try {
            stage = call.get();
        } catch (RuntimeException e) {
            LOG.warn("{}: the engine threw", id, e);
            fail(StackFailure.ENGINE_FAILED, nowNanos);
            return;
        }
        stage.whenCompleteAsync(
                (done, thrown) -> {
                    if (phase != during) {
                        return;
                    }
                    if (thrown != null) {
                        LOG.warn("{}: {} failed: {}", id, during, cause(thrown).getMessage());
                        fail(failure(thrown), around.now());
                    } else {
                        enter(after.get(), around.now());
                        advance(around.now());
                    }
                },
                around.loop());
    }

    private void fail(Reason reason, long nowNanos) {
        around.observer().count(reason, 1);
        failed = true;
        goal = Readiness.ABSENT;
        around.failed(this, reason);
        destroy(nowNanos);
    }

    /** Ends it now, whatever it is doing. */
    void destroy(long nowNanos) {
        goal = Readiness.ABSENT;
        if (isGoing()) {
            return;
        }
        enter(StackPhase.DESTROYING, nowNanos);
        around.stacks().remove(id);
        link = null;
        remove();
    }

    /** Is tried until it succeeds: what is not removed is an orphan. */
    private void remove() {
        CompletionStage<Void> removal;
        try {
            removal = around.engine().destroy(id);
        } catch (RuntimeException e) {
            LOG.warn("{}: the engine threw", id, e);
            around.later(this::remove);
            return;
        }
        removal.whenCompleteAsync(
                (done, thrown) -> {
                    if (thrown == null) {
                        enter(StackPhase.DESTROYED, around.now());
                        around.gone(this);
                    } else {
                        LOG.warn("{}: not removed: {}", id, cause(thrown).getMessage());
                        around.observer().count(ManagerReason.REMOVAL_FAILED, 1);
                        around.later(this::remove);
                    }
                },
                around.loop());
    }

    private void enter(StackPhase next, long nowNanos) {
        phase = next;
        sinceNanos = nowNanos;
    }

    private static StackFailure failure(Throwable thrown) {
        return cause(thrown) instanceof StackException known ? known.failure() : StackFailure.ENGINE_FAILED;
    }

    private static Throwable cause(Throwable thrown) {
        Throwable inner = thrown.getCause();
        return thrown instanceof CompletionException && inner != null ? inner : thrown;
    }
}
