package io.foreshard.stackvirt.virtualizer;

import io.foreshard.stackvirt.spi.EngineFeature;
import io.foreshard.stackvirt.spi.EngineReport;
import io.foreshard.stackvirt.spi.FoundStack;
import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackLink;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.spi.StackSpec;
import io.foreshard.stackvirt.spi.StackUsage;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Stacks of another engine that take their time to start, and say that they use what they are told. */
final class SlowEngine implements StackEngine {

    static final long START_MILLIS = 400;

    final List<String> calls = new ArrayList<>();
    final Map<EngineFeature, String> missing = new HashMap<>();
    StackUsage usage = StackUsage.UNKNOWN;
    boolean isUnreadable;
    private final StackEngine engine;
    private final EventLoop loop;

    SlowEngine(StackEngine engine, EventLoop loop) {
        this.engine = engine;
        this.loop = loop;
    }

    @Override
    public String name() {
        return "slow";
    }

    @Override
    public boolean runs(StackSource source) {
        return engine.runs(source);
    }

    @Override
    public CompletionStage<EngineReport> probe() {
        return CompletableFuture.completedStage(new EngineReport(name(), "", missing));
    }

    @Override
    public CompletionStage<Void> create(StackId id, StackSpec spec) {
        calls.add("create");
        return engine.create(id, spec);
    }

    @Override
    public CompletionStage<Void> start(StackId id) {
        calls.add("start");
        CompletableFuture<Void> slept = new CompletableFuture<>();
        loop.schedule(() -> slept.complete(null), START_MILLIS, TimeUnit.MILLISECONDS);
        return slept.thenCompose(done -> engine.start(id));
    }

    @Override
    public CompletionStage<Void> freeze(StackId id) {
        calls.add("freeze");
        return engine.freeze(id);
    }

    @Override
    public CompletionStage<Void> thaw(StackId id) {
        calls.add("thaw");
        return engine.thaw(id);
    }

    @Override
    public CompletionStage<Void> update(StackId id, StackResources resources) {
        calls.add("update " + resources.cpus());
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> destroy(StackId id) {
        calls.add("destroy");
        return engine.destroy(id);
    }

    @Override
    public CompletionStage<StackLink> connect(StackId id, EventLoop on, StackLink.Listener listener) {
        return engine.connect(id, on, listener);
    }

    @Override
    public CompletionStage<StackUsage> usage(StackId id) {
        return isUnreadable
                ? CompletableFuture.failedStage(new IllegalStateException("no control group"))
                : CompletableFuture.completedStage(usage);
    }

    @Override
    public CompletionStage<List<FoundStack>> find(String owner) {
        return engine.find(owner);
    }

    @Override
    public void close() {
        engine.close();
    }
}
