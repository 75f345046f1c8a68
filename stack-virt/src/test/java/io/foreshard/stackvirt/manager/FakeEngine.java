package io.foreshard.stackvirt.manager;

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
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An engine in virtual time: every call takes as long as it is told, fails when it is told, and is refused when the stack is not in the state for it. */
final class FakeEngine implements StackEngine {

    static final long STEP_MILLIS = 100;

    final Map<StackId, Readiness> there = new LinkedHashMap<>();
    final Map<StackId, String> fingerprints = new LinkedHashMap<>();
    final Map<StackId, Long> memory = new LinkedHashMap<>();
    final Map<StackId, FakeLink> links = new LinkedHashMap<>();
    final List<String> calls = new ArrayList<>();
    final List<String> wrong = new ArrayList<>();
    Predicate<String> fails = call -> false;
    Predicate<StackId> mute = id -> false;
    /** On which thread it answers. */
    Executor answers = Runnable::run;

    private final EventLoop loop;

    FakeEngine(EventLoop loop) {
        this.loop = loop;
    }

    final class FakeLink implements StackLink {

        private final StackId id;
        private final Listener listener;
        boolean isClosed;

        FakeLink(StackId id, Listener listener) {
            this.id = id;
            this.listener = listener;
        }

        void breaks(StackFailure failure) {
            isClosed = true;
            listener.onClosed(failure);
        }

        @Override
        public boolean send(long correlation, ByteBuf message) {
            message.release();
            return false;
        }

        @Override
        public boolean ping(long correlation) {
            loop.schedule(
                    () -> {
                        if (!isClosed && there.get(id) == Readiness.RUNNING && !mute.test(id)) {
                            listener.onPong(correlation);
                        }
                    },
                    1,
                    TimeUnit.MILLISECONDS);
            return true;
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    long memoryBytes() {
        return memory.values().stream().mapToLong(Long::longValue).sum();
    }

    private CompletionStage<Void> call(String what, StackId id, Readiness needed, Readiness after) {
        calls.add(what + " " + id.number());
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.schedule(
                () -> {
                    if (fails.test(what)) {
                        done.completeExceptionally(new StackException(StackFailure.ENGINE_FAILED, what + " " + id));
                    } else if (there.getOrDefault(id, Readiness.ABSENT) != needed) {
                        wrong.add(what + " of " + id + " which is " + there.get(id));
                        done.completeExceptionally(new StackException(StackFailure.UNKNOWN_STACK, what + " " + id));
                    } else {
                        there.put(id, after);
                        answers.execute(() -> done.complete(null));
                    }
                },
                STEP_MILLIS,
                TimeUnit.MILLISECONDS);
        return done;
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public boolean runs(StackSource source) {
        return source instanceof StackSource.InProcess;
    }

    @Override
    public CompletionStage<EngineReport> probe() {
        return CompletableFuture.completedFuture(new EngineReport(name(), "", Map.of()));
    }

    @Override
    public CompletionStage<Void> create(StackId id, StackSpec spec) {
        fingerprints.put(id, spec.fingerprint());
        return call("create", id, Readiness.ABSENT, Readiness.CREATED).thenAccept(done -> {
            memory.put(id, spec.resources().memoryBytes());
        });
    }

    @Override
    public CompletionStage<Void> start(StackId id) {
        return call("start", id, Readiness.CREATED, Readiness.RUNNING);
    }

    @Override
    public CompletionStage<Void> freeze(StackId id) {
        return call("freeze", id, Readiness.RUNNING, Readiness.FROZEN);
    }

    @Override
    public CompletionStage<Void> thaw(StackId id) {
        return call("thaw", id, Readiness.FROZEN, Readiness.RUNNING);
    }

    @Override
    public CompletionStage<Void> update(StackId id, StackResources resources) {
        return call("update", id, there.get(id), there.get(id)).thenAccept(done -> {
            memory.put(id, resources.memoryBytes());
        });
    }

    /** Whatever is under way is overtaken: a call that ends later finds nothing. */
    @Override
    public CompletionStage<Void> destroy(StackId id) {
        calls.add("destroy " + id.number());
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.schedule(
                () -> {
                    if (fails.test("destroy")) {
                        done.completeExceptionally(new StackException(StackFailure.ENGINE_FAILED, "destroy " + id));
                    } else {
                        there.remove(id);
                        memory.remove(id);
                        done.complete(null);
                    }
                },
                STEP_MILLIS + 1,
                TimeUnit.MILLISECONDS);
        return done;
    }

    @Override
    public CompletionStage<StackLink> connect(StackId id, EventLoop on, StackLink.Listener listener) {
        FakeLink link = new FakeLink(id, listener);
        links.put(id, link);
        return call("connect", id, Readiness.RUNNING, Readiness.RUNNING).thenApply(connected -> link);
    }

    @Override
    public CompletionStage<StackUsage> usage(StackId id) {
        return CompletableFuture.completedFuture(StackUsage.UNKNOWN);
    }

    @Override
    public CompletionStage<List<FoundStack>> find(String owner) {
        return CompletableFuture.completedFuture(there.entrySet().stream()
                .map(entry -> new FoundStack(
                        entry.getKey(),
                        entry.getValue(),
                        fingerprints.getOrDefault(entry.getKey(), ""),
                        memory.getOrDefault(entry.getKey(), -1L)))
                .toList());
    }

    @Override
    public void close() {}
}
