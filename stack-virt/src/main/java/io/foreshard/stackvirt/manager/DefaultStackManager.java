package io.foreshard.stackvirt.manager;

import io.foreshard.coreapi.EngineObserver;
import io.foreshard.stackvirt.spi.FoundStack;
import io.foreshard.stackvirt.spi.Readiness;
import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackSpec;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The groups of all kinds on one event loop. */
final class DefaultStackManager implements StackManager {

    private static final Logger LOG = LoggerFactory.getLogger(DefaultStackManager.class);

    private final String owner;
    private final EventLoop loop;
    private final EngineObserver observer;
    private final LongSupplier clock;
    private final List<StackEngine> engines;
    private final long lookNanos;
    private final Map<String, StackGroup> groups = new LinkedHashMap<>();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private long lastNumber;
    private boolean isOpening;
    private boolean isEnding;
    private @Nullable Future<?> looking;
    private volatile List<KindReport> report = List.of();

    DefaultStackManager(StackManagerBuilder builder, Map<StackSpec, StackEngine> engineByKind, long lookNanos) {
        owner = builder.owner;
        loop = builder.loop;
        observer = builder.observer;
        clock = builder.clock;
        engines = List.copyOf(builder.engines);
        this.lookNanos = lookNanos;
        Limits limits = new Limits(builder.mostStacks, builder.mostMemoryBytes);
        engineByKind.forEach((spec, engine) ->
                groups.put(spec.name(), new StackGroup(spec, engine, builder, () -> ++lastNumber, limits)));
    }

    @Override
    public CompletionStage<Void> open() {
        loop.execute(() -> {
            if (!isOpening && !isEnding) {
                isOpening = true;
                findLeftovers();
            }
        });
        return opened;
    }

    private void findLeftovers() {
        List<CompletableFuture<Void>> searches = new ArrayList<>();
        for (StackEngine engine : engines) {
            searches.add(engine.find(owner)
                    .thenComposeAsync(found -> takeOver(engine, found), loop)
                    .toCompletableFuture());
        }
        CompletableFuture.allOf(searches.toArray(CompletableFuture[]::new))
                .whenCompleteAsync((done, thrown) -> begin(thrown), loop);
    }

    private CompletionStage<Void> takeOver(StackEngine engine, List<FoundStack> found) {
        List<CompletableFuture<Void>> removals = new ArrayList<>();
        for (FoundStack stack : found) {
            lastNumber = Math.max(lastNumber, stack.id().number());
            StackGroup group = groups.get(stack.id().kind());
            if (group != null
                    && group.engine() == engine
                    && stack.readiness() != Readiness.ABSENT
                    && stack.fingerprint().equals(group.spec().fingerprint())) {
                group.adopt(stack);
            } else {
                observer.count(ManagerReason.LEFTOVER_REMOVED, 1);
                removals.add(engine.destroy(stack.id()).toCompletableFuture());
            }
        }
        return CompletableFuture.allOf(removals.toArray(CompletableFuture[]::new));
    }

    private void begin(@Nullable Throwable thrown) {
        if (thrown != null) {
            LOG.warn("{}: could not clear what an earlier manager left: {}", owner, thrown.getMessage());
            opened.completeExceptionally(thrown);
            return;
        }
        if (isEnding) {
            groups.values().forEach(stopped.isDone() ? StackGroup::forget : StackGroup::destroyAll);
        }
        if (!stopped.isDone()) {
            looking = loop.scheduleWithFixedDelay(this::look, 0, lookNanos, TimeUnit.NANOSECONDS);
        }
        opened.complete(null);
    }

    private void look() {
        long now = clock.getAsLong();
        groups.values().forEach(group -> group.look(now));
        report = reports();
        if (isEnding && groups.values().stream().allMatch(StackGroup::isEmpty)) {
            end();
        }
    }

    private List<KindReport> reports() {
        return groups.values().stream().map(StackGroup::report).toList();
    }

    @Override
    public StackEngine engine(String kind) {
        return group(kind).engine();
    }

    @Override
    public void scale(String kind, StackTargets targets) {
        StackGroup group = group(kind);
        loop.execute(() -> {
            if (!isEnding) {
                group.scale(targets, looking != null);
                report = reports();
            }
        });
    }

    @Override
    public CompletionStage<StackResources> resize(String kind, StackResources resources) {
        StackGroup group = group(kind);
        CompletableFuture<StackResources> done = new CompletableFuture<>();
        loop.execute(() -> group.resize(resources)
                .whenCompleteAsync(
                        (given, thrown) -> {
                            if (thrown == null) {
                                done.complete(given);
                            } else {
                                done.completeExceptionally(thrown);
                            }
                        },
                        loop));
        return done;
    }

    private StackGroup group(String kind) {
        StackGroup group = groups.get(kind);
        if (group == null) {
            throw new IllegalArgumentException("kind: " + kind + " (expected: one of " + groups.keySet() + ")");
        }
        return group;
    }

    @Override
    public List<KindReport> report() {
        return report;
    }

    @Override
    public CompletionStage<Void> detach() {
        loop.execute(() -> {
            if (!isEnding) {
                isEnding = true;
                groups.values().forEach(StackGroup::forget);
                end();
            }
        });
        return stopped;
    }

    @Override
    public CompletionStage<Void> stop() {
        loop.execute(() -> {
            if (!isEnding) {
                isEnding = true;
                groups.values().forEach(StackGroup::destroyAll);
                if (!isOpening || opened.isCompletedExceptionally()) {
                    end();
                }
            }
        });
        return stopped;
    }

    private void end() {
        if (looking != null) {
            looking.cancel(false);
        }
        stopped.complete(null);
    }

    @Override
    public void close() {
        stop();
    }
}
