package io.foreshard.stackvirt.engine.oci;

import io.foreshard.stackvirt.cgroup.CgroupUsage;
import io.foreshard.stackvirt.engine.StackTasks;
import io.foreshard.stackvirt.engine.link.LinkLimits;
import io.foreshard.stackvirt.engine.link.LinkTerms;
import io.foreshard.stackvirt.engine.link.UnixAcceptor;
import io.foreshard.stackvirt.engine.link.UnixConnector;
import io.foreshard.stackvirt.spi.EngineReport;
import io.foreshard.stackvirt.spi.FoundStack;
import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackException;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackLink;
import io.foreshard.stackvirt.spi.StackProtocol;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.spi.StackSpec;
import io.foreshard.stackvirt.spi.StackUsage;
import io.netty.channel.EventLoop;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Runs stacks in containers, by the command line of an OCI runtime. Freezes, changes limits and reads usage by the files of the control
 * groups, as a command takes many times longer than the thing itself.
 *
 * <p>Needs the rights to start containers, which means root with nearly all runtimes.
 */
public final class OciEngine implements StackEngine {

    private final OciRuntime runtime;
    private final StackTasks tasks;
    private final OciContainers containers;
    private final OciProbe probe;
    private final Map<String, StackProtocol> protocols;
    private final int largestMessage;

    OciEngine(OciEngineBuilder builder) {
        runtime = builder.runtime;
        tasks = new StackTasks(builder.executor);
        containers = new OciContainers(builder);
        probe = new OciProbe(runtime.name(), containers, builder.state);
        protocols = Map.copyOf(builder.protocols);
        largestMessage = builder.largestMessage;
    }

    /**
     * Begins to make an engine.
     *
     * @param runtime what runs the containers
     * @param state an absolute folder of this engine alone, best on a file system in memory such as {@code /run}; its path is short, as the
     *     addresses of unix sockets are at most 107 bytes long. An engine that is given the folder of an earlier one finds its stacks
     * @param executor carries out what blocks; as many threads as stacks are to be started at a time
     */
    public static OciEngineBuilder builder(OciRuntime runtime, Path state, Executor executor) {
        return new OciEngineBuilder(runtime, state, executor);
    }

    @Override
    public String name() {
        return runtime.name();
    }

    @Override
    public boolean runs(StackSource source) {
        return source instanceof StackSource.FileSystem;
    }

    @Override
    public CompletionStage<EngineReport> probe() {
        return tasks.run(probe::run);
    }

    @Override
    public CompletionStage<Void> create(StackId id, StackSpec spec) {
        return tasks.submit(id, () -> {
            protocol(id, spec.protocol());
            return containers.create(id, spec);
        });
    }

    @Override
    public CompletionStage<Void> start(StackId id) {
        return tasks.submit(id, () -> containers.start(id));
    }

    @Override
    public CompletionStage<Void> freeze(StackId id) {
        return tasks.submit(id, () -> containers.freeze(id));
    }

    @Override
    public CompletionStage<Void> thaw(StackId id) {
        return tasks.submit(id, () -> containers.thaw(id));
    }

    @Override
    public CompletionStage<Void> update(StackId id, StackResources resources) {
        return tasks.submit(id, () -> containers.update(id, resources));
    }

    @Override
    public CompletionStage<Void> destroy(StackId id) {
        return tasks.submit(id, () -> containers.destroy(id));
    }

    @Override
    public CompletionStage<StackLink> connect(StackId id, EventLoop loop, StackLink.Listener listener) {
        // Only what it begins with keeps its turn: a stack that does not come up can be destroyed meanwhile.
        return tasks.submit(id, () -> attempt(id, containers.running(id), loop, listener))
                .thenCompose(Function.identity());
    }

    private CompletionStage<StackLink> attempt(
            StackId id, OciContainer stack, EventLoop loop, StackLink.Listener listener) throws StackException {
        StackFolder.Endpoint endpoint = stack.endpoint();
        LinkTerms terms = new LinkTerms(
                protocol(id, endpoint.protocol()),
                new LinkLimits(endpoint.maxInFlight(), endpoint.bufferBytes(), largestMessage),
                listener,
                stack::isAlive,
                () -> tasks.run(() -> ending(stack)));
        return switch (endpoint.dialing()) {
            case ENGINE -> new UnixConnector(endpoint.socket(), loop, terms).connect(endpoint.patience());
            case STACK ->
                new UnixAcceptor(endpoint.socket(), containers.birthplace(id), loop, terms).accept(endpoint.patience());
        };
    }

    private StackProtocol protocol(StackId id, String name) throws StackException {
        StackProtocol protocol = protocols.get(name);
        if (protocol == null) {
            throw new StackException(
                    StackFailure.UNSUPPORTED,
                    id + ": protocol: " + name + " (expected: one of " + new TreeSet<>(protocols.keySet()) + ")");
        }
        return protocol;
    }

    private static StackFailure ending(OciContainer stack) {
        return new CgroupUsage(stack.group()).memoryKills() > 0 ? StackFailure.OUT_OF_MEMORY : StackFailure.EXITED;
    }

    @Override
    public CompletionStage<StackUsage> usage(StackId id) {
        return tasks.submit(id, () -> containers.usage(id));
    }

    @Override
    public CompletionStage<List<FoundStack>> find(String owner) {
        return tasks.run(() -> containers.find(owner));
    }

    /** Closes nothing: links belong to who opened them, and containers stay. */
    @Override
    public void close() {
        // There is no thread and no file that stays open.
    }
}
