package io.foreshard.tck;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshard.examples.harness.StackImages;
import io.foreshard.stackvirt.engine.oci.OciEngine;
import io.foreshard.stackvirt.engine.oci.OciRuntime;
import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.worker.EchoHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A container runtime, where it is installed, and the image of a stack that answers by {@link DrillHandler}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("live")
abstract class OciGround {

    private final OciRuntime runtime;
    private final String program;
    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = loops.next();

    @TempDir
    private Path state;

    private Path root;

    OciGround(OciRuntime runtime, String program) {
        this.runtime = runtime;
        this.program = program;
    }

    @BeforeAll
    void buildImage() throws IOException, URISyntaxException {
        StackImages.obstacle(program).ifPresent(obstacle -> assumeTrue(false, "skipped: " + obstacle));
        root = StackImages.build(
                "jvm-worker",
                Path.of("target", "stack-images"),
                List.of(classes(EchoHandler.class), classes(DrillHandler.class)));
    }

    private static Path classes(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @AfterAll
    void stop() {
        executor.shutdownNow();
        loops.shutdownGracefully();
    }

    public StackEngine engine() {
        try {
            return OciEngine.builder(runtime, state, executor).build();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    public StackSource source() {
        return new StackSource.FileSystem(
                root, List.of("/jre/bin/java", "@/app/worker.args", DrillHandler.class.getName()));
    }

    public EventLoop loop() {
        return loop;
    }
}
