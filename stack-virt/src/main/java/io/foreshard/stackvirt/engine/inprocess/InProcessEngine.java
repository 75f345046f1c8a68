package io.foreshard.stackvirt.engine.inprocess;

import io.foreshard.stackvirt.spi.EngineFeature;
import io.foreshard.stackvirt.spi.EngineReport;
import io.foreshard.stackvirt.spi.FoundStack;
import io.foreshard.stackvirt.spi.Readiness;
import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackException;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackLink;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.spi.StackSpec;
import io.foreshard.stackvirt.spi.StackUsage;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Runs stacks in this process, each on an event loop of a group that it was given. A frozen stack takes no messages; they wait in its ring. What
 * a stack uses is not bounded and not known, as it shares this process; a stack that blocks its event loop stops those that share that loop.
 */
public final class InProcessEngine implements StackEngine {

    private static final String SHARED = "stacks share this process";
    private static final Map<EngineFeature, String> MISSING = Map.of(
            EngineFeature.CPU_LIMIT, SHARED,
            EngineFeature.MEMORY_LIMIT, SHARED,
            EngineFeature.PROCESS_LIMIT, SHARED,
            EngineFeature.UPDATE, "there is no limit to change",
            EngineFeature.USAGE, SHARED,
            EngineFeature.ADOPT, "stacks end with this process",
            EngineFeature.FILE_ISOLATION, SHARED,
            EngineFeature.NETWORK_ISOLATION, SHARED);

    private final EventLoopGroup group;
    private final EventLoopGroup timers;
    private final Map<String, InProcessStack.Factory> factories;
    private final int spin;
    private final Duration timeout;
    private final Map<StackId, RunningStack> stacks = new ConcurrentHashMap<>();
    private final Map<StackId, Readiness> levels = new ConcurrentHashMap<>();

    InProcessEngine(InProcessEngineBuilder builder) {
        group = builder.stacks;
        timers = builder.timers;
        factories = Map.copyOf(builder.factories);
        spin = builder.spin;
        timeout = builder.timeout;
    }

    /**
     * Begins to make an engine.
     *
     * @param stacks event loops of the stacks; with as many loops as there are stacks, each has its own
     * @param timers event loops that no stack blocks, for time-outs; may be those of the links
     */
    public static InProcessEngineBuilder builder(EventLoopGroup stacks, EventLoopGroup timers) {
        return new InProcessEngineBuilder(stacks, timers);
    }

    @Override
    public String name() {
        return "in-process";
    }

    @Override
    public boolean runs(StackSource source) {
        return source instanceof StackSource.InProcess named && factories.containsKey(named.name());
    }

    @Override
    public CompletionStage<EngineReport> probe() {
        return CompletableFuture.completedStage(new EngineReport(name(), "", MISSING));
    }

    @Override
    public CompletionStage<Void> create(StackId id, StackSpec spec) {
        if (!runs(spec.source())) {
            return failed(
                    StackFailure.UNSUPPORTED,
                    id + ": source: " + spec.source() + " (expected: one of " + factories.keySet() + ")");
        }
        if (stacks.putIfAbsent(id, new RunningStack(spec, group.next(), spin)) != null) {
            return failed(StackFailure.ENGINE_FAILED, id + ": there already (expected: a new number)");
        }
        levels.put(id, Readiness.CREATED);
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> start(StackId id) {
        return onLoop(id, stack -> {
            if (levels.get(id) != Readiness.CREATED) {
                throw new StackException(StackFailure.ENGINE_FAILED, id + ": was started before");
            }
            StackSource.InProcess source = (StackSource.InProcess) stack.spec().source();
            InProcessStack.Factory factory = factories.get(source.name());
            if (factory != null) {
                stack.begin(factory.create(stack.spec(), stack.loop()));
                levels.replace(id, Readiness.RUNNING);
            }
        });
    }

    @Override
    public CompletionStage<Void> freeze(StackId id) {
        return onLoop(id, stack -> {
            requireStarted(id);
            stack.freeze();
            levels.replace(id, Readiness.FROZEN);
        });
    }

    @Override
    public CompletionStage<Void> thaw(StackId id) {
        return onLoop(id, stack -> {
            requireStarted(id);
            stack.thaw();
            levels.replace(id, Readiness.RUNNING);
        });
    }

    private void requireStarted(StackId id) throws StackException {
        if (levels.get(id) == Readiness.CREATED) {
            throw new StackException(StackFailure.ENGINE_FAILED, id + ": not started");
        }
    }

    @Override
    public CompletionStage<Void> update(StackId id, StackResources resources) {
        return stacks.containsKey(id)
                ? failed(StackFailure.UNSUPPORTED, id + ": " + MISSING.get(EngineFeature.UPDATE))
                : failed(StackFailure.UNKNOWN_STACK, id.toString());
    }

    @Override
    public CompletionStage<Void> destroy(StackId id) {
        RunningStack stack = stacks.remove(id);
        levels.remove(id);
        if (stack != null) {
            stack.end();
        }
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<StackLink> connect(StackId id, EventLoop loop, StackLink.Listener listener) {
        RunningStack stack = stacks.get(id);
        if (stack == null) {
            return failed(StackFailure.UNKNOWN_STACK, id.toString());
        }
        if (levels.get(id) == Readiness.CREATED) {
            return failed(StackFailure.ENGINE_FAILED, id + ": not started");
        }
        // Nobody fills a ring while the one thread that would is waiting for it.
        int spins = loop == stack.loop() ? 0 : spin;
        InProcessLink link = new InProcessLink(stack, stack.spec(), loop, spins, listener);
        stack.add(link);
        return CompletableFuture.supplyAsync(() -> link, loop);
    }

    @Override
    public CompletionStage<StackUsage> usage(StackId id) {
        return stacks.containsKey(id)
                ? CompletableFuture.completedStage(StackUsage.UNKNOWN)
                : failed(StackFailure.UNKNOWN_STACK, id.toString());
    }

    @Override
    public CompletionStage<List<FoundStack>> find(String owner) {
        return CompletableFuture.completedStage(levels.entrySet().stream()
                .filter(entry -> entry.getKey().owner().equals(owner))
                .map(entry -> new FoundStack(entry.getKey(), entry.getValue(), fingerprint(entry.getKey()), -1))
                .toList());
    }

    private String fingerprint(StackId id) {
        RunningStack stack = stacks.get(id);
        return stack == null ? "" : stack.spec().fingerprint();
    }

    @Override
    public void close() {
        stacks.keySet().forEach(this::destroy);
    }

    private CompletionStage<Void> onLoop(StackId id, Task task) {
        RunningStack stack = stacks.get(id);
        if (stack == null) {
            return failed(StackFailure.UNKNOWN_STACK, id.toString());
        }
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        Callable<Boolean> late = () -> outcome.completeExceptionally(
                new StackException(StackFailure.ENGINE_SILENT, id + ": its event loop is blocked"));
        var timer = timers.schedule(late, timeout.toNanos(), TimeUnit.NANOSECONDS);
        outcome.whenComplete((done, fault) -> timer.cancel(false));
        stack.loop().execute(() -> {
            try {
                task.run(stack);
                outcome.complete(null);
            } catch (StackException fault) {
                outcome.completeExceptionally(fault);
            } catch (Exception fault) {
                outcome.completeExceptionally(new StackException(StackFailure.ENGINE_FAILED, id + ": " + fault, fault));
            }
        });
        return outcome;
    }

    private static <T> CompletionStage<T> failed(StackFailure failure, String message) {
        return CompletableFuture.failedStage(new StackException(failure, message));
    }

    /** Something to do with a stack, on its loop. */
    private interface Task {

        void run(RunningStack stack) throws Exception;
    }
}
