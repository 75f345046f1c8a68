package io.foreshard.examples.stacks;

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
import io.netty.channel.EventLoopGroup;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Lets stacks of this process take as long to start as a container would: without that there would be nothing to foresee. */
final class SlowStarts implements StackEngine {

    private final StackEngine engine;
    private final EventLoopGroup timers;
    private final long startMillis;

    SlowStarts(StackEngine engine, EventLoopGroup timers, long startMillis) {
        this.engine = engine;
        this.timers = timers;
        this.startMillis = startMillis;
    }

    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public boolean runs(StackSource source) {
        return engine.runs(source);
    }

    @Override
    public CompletionStage<EngineReport> probe() {
        return engine.probe();
    }

    @Override
    public CompletionStage<Void> create(StackId id, StackSpec spec) {
        return engine.create(id, spec);
    }

    @Override
    public CompletionStage<Void> start(StackId id) {
        CompletableFuture<Void> waited = new CompletableFuture<>();
        timers.next().schedule(() -> waited.complete(null), startMillis, TimeUnit.MILLISECONDS);
        return waited.thenCompose(done -> engine.start(id));
    }

    @Override
    public CompletionStage<Void> freeze(StackId id) {
        return engine.freeze(id);
    }

    @Override
    public CompletionStage<Void> thaw(StackId id) {
        return engine.thaw(id);
    }

    @Override
    public CompletionStage<Void> update(StackId id, StackResources resources) {
        return engine.update(id, resources);
    }

    @Override
    public CompletionStage<Void> destroy(StackId id) {
        return engine.destroy(id);
    }

    @Override
    public CompletionStage<StackLink> connect(StackId id, EventLoop loop, StackLink.Listener listener) {
        return engine.connect(id, loop, listener);
    }

    @Override
    public CompletionStage<StackUsage> usage(StackId id) {
        return engine.usage(id);
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
