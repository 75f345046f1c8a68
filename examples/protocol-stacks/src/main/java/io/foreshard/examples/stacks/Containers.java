package io.foreshard.examples.stacks;

import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.StackImages;
import io.foreshard.examples.report.FaultText;
import io.foreshard.examples.report.Table;
import io.foreshard.examples.stacks.capture.Protocol;
import io.foreshard.examples.stacks.protocol.BgpHandler;
import io.foreshard.examples.stacks.protocol.DnsHandler;
import io.foreshard.stackvirt.engine.oci.OciEngine;
import io.foreshard.stackvirt.engine.oci.OciRuntime;
import io.foreshard.stackvirt.spi.FoundStack;
import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.worker.StackHandler;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Stacks in containers of runc, from an image that is built here. What a run that was killed has left behind is removed by the next. Stateless. */
final class Containers {

    static final Path STATES = Path.of(System.getProperty("java.io.tmpdir"), "foreshard-protocol-stacks");
    private static final long LONGEST_SECONDS = 20;
    private static final int COMMANDS_AT_A_TIME = 4;

    private Containers() {}

    /** Returns why there can be none; empty if it can be tried. */
    static Optional<String> obstacle() {
        return StackImages.obstacle("runc");
    }

    static Quarters open(Settings settings, Path images, EventLoop loop, Cleanup cleanup) throws IOException {
        Path root = StackImages.build("jvm-worker", images, List.of(classes(StackHandler.class), classes(Main.class)));
        ExecutorService executor = Executors.newFixedThreadPool(COMMANDS_AT_A_TIME);
        cleanup.add(() -> {
            executor.shutdown();
            executor.awaitTermination(LONGEST_SECONDS, TimeUnit.SECONDS);
        });
        removeLeftovers(executor);
        Path state = STATES.resolve(Long.toString(ProcessHandle.current().pid()));
        Files.createDirectories(STATES);
        OciEngine engine = OciEngine.builder(OciRuntime.runc(), state, executor).build();
        cleanup.add(() -> remove(engine, state));
        Map<Protocol, StackSource> sources = new EnumMap<>(Protocol.class);
        sources.put(Protocol.DNS, source(root, DnsHandler.class));
        sources.put(Protocol.BGP, source(root, BgpHandler.class));
        Trial trial = Trial.run(engine, settings.spec(Protocol.BGP, source(root, BgpHandler.class)), loop);
        String words =
                "Stacks run in containers of runc: a JVM each, that takes " + Table.number(trial.startMillis(), 0)
                        + " ms to start and " + Table.number(trial.megabytes(), 0) + " MB here.";
        return new Quarters(List.of(engine), sources, trial.startMillis(), trial.megabytes(), words);
    }

    private static Path classes(Class<?> type) throws IOException {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException odd) {
            throw new IOException("cannot tell where the classes are: " + odd.getMessage(), odd);
        }
    }

    private static StackSource source(Path root, Class<?> handler) {
        return new StackSource.FileSystem(root, List.of("/jre/bin/java", "@/app/worker.args", handler.getName()));
    }

    /** Those of processes that are no more. */
    private static void removeLeftovers(ExecutorService executor) throws IOException {
        if (!Files.isDirectory(STATES)) {
            return;
        }
        List<Path> states;
        try (Stream<Path> all = Files.list(STATES)) {
            states = all.filter(each -> each.getFileName().toString().matches("[0-9]{1,9}"))
                    .filter(each -> ProcessHandle.of(
                                    Long.parseLong(each.getFileName().toString()))
                            .isEmpty())
                    .toList();
        }
        for (Path state : states) {
            OciEngine engine =
                    OciEngine.builder(OciRuntime.runc(), state, executor).build();
            remove(engine, state);
        }
    }

    private static void remove(StackEngine engine, Path state) throws IOException {
        for (String owner : Trial.owners()) {
            for (FoundStack stack : done(engine.find(owner))) {
                done(engine.destroy(stack.id()));
            }
        }
        engine.close();
        try (Stream<Path> rest = Files.walk(state)) {
            for (Path file : rest.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.deleteIfExists(file);
            }
        }
        deleteIfEmpty(STATES);
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException inUse) {
            // By another run.
        }
    }

    static <T> T done(CompletionStage<T> stage) throws IOException {
        return done(stage, LONGEST_SECONDS * 1000);
    }

    static <T> T done(CompletionStage<T> stage, long limitMillis) throws IOException {
        try {
            return stage.toCompletableFuture().get(limitMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IOException(FaultText.of(failed.getCause() == null ? failed : failed.getCause()), failed);
        } catch (TimeoutException silent) {
            throw new IOException("no answer in " + limitMillis + " ms", silent);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
