package io.foreshard.jmh.stacks;

import io.foreshard.examples.harness.StackImages;
import io.foreshard.stackvirt.engine.oci.OciEngine;
import io.foreshard.stackvirt.engine.oci.OciRuntime;
import io.foreshard.stackvirt.spi.HealthCheck;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.spi.StackSpec;
import io.foreshard.stackvirt.worker.EchoHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** An engine of containers with echo stacks, and all that it needs; closing it destroys them all. */
final class Containers implements AutoCloseable {

    static final OciRuntime RUNTIME = OciRuntime.runc();
    private static final StackResources RESOURCES = new StackResources(1, 96L << 20, 64, 1 << 20);
    private static final HealthCheck PATIENT = new HealthCheck(Duration.ofSeconds(1), Duration.ofSeconds(30), 1);

    private final Path state;
    private final StackSource source;
    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final OciEngine engine;
    private final String owner = "j" + Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX);
    private long last;

    /** Builds the image where it is missing. */
    Containers(Path work) throws IOException {
        Path image = StackImages.build("jvm-worker", work.resolve("images"), List.of(workerClasses(work)));
        source = new StackSource.FileSystem(
                image, List.of("/jre/bin/java", "@/app/worker.args", EchoHandler.class.getName()));
        state = Files.createTempDirectory("fs");
        engine = OciEngine.builder(RUNTIME, state, executor).build();
    }

    /** The script takes folders, and this program may have been packed into one file. */
    private static Path workerClasses(Path work) throws IOException {
        Path folder = work.resolve("worker-classes");
        for (String name : List.of(
                "Dialer",
                "EchoHandler",
                "FrameType",
                "StackHandler",
                "StackWorker",
                "WorkerConnection",
                "WorkerMain")) {
            String file = "io/foreshard/stackvirt/worker/" + name + ".class";
            Path target = folder.resolve(file);
            Files.createDirectories(target.getParent());
            try (var bytes = Containers.class.getClassLoader().getResourceAsStream(file)) {
                if (bytes == null) {
                    throw new IOException(file + ": not on the class path");
                }
                Files.write(target, bytes.readAllBytes());
            }
        }
        return folder;
    }

    OciEngine engine() {
        return engine;
    }

    EventLoop loop() {
        return loops.next();
    }

    /** Creates and starts a stack. */
    StackId start() throws IOException {
        last++;
        StackId id = new StackId(owner, "echo", last);
        Echo.done(engine.create(id, new StackSpec("echo", source, "/run/stack/s", RESOURCES, PATIENT, 16, Map.of())));
        Echo.done(engine.start(id));
        return id;
    }

    @Override
    public void close() throws IOException {
        for (long number = 1; number <= last; number++) {
            Echo.done(engine.destroy(new StackId(owner, "echo", number)));
        }
        executor.shutdownNow();
        loops.shutdownGracefully();
        delete(state);
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
