package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshard.examples.harness.StackImages;
import io.foreshard.stackvirt.engine.oci.OciEngine;
import io.foreshard.stackvirt.engine.oci.OciRuntime;
import io.foreshard.stackvirt.manager.StackPhase;
import io.foreshard.stackvirt.manager.StackStatus;
import io.foreshard.stackvirt.mux.KindSettings;
import io.foreshard.stackvirt.mux.MessageResult;
import io.foreshard.stackvirt.mux.MuxReason;
import io.foreshard.stackvirt.mux.Port;
import io.foreshard.stackvirt.spi.HealthCheck;
import io.foreshard.stackvirt.spi.StackException;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.spi.StackSpec;
import io.foreshard.stackvirt.virtualizer.StackBounds;
import io.foreshard.stackvirt.virtualizer.StackVirtualizer;
import io.foreshard.stackvirt.virtualizer.VirtualizedKind;
import io.foreshard.stackvirt.worker.EchoHandler;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** All parts together, with containers that misbehave. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("live")
class LiveStacksTest {

    private static final String KIND = "drill";
    private static final int PROTOCOL = 179;
    private static final long LIMIT_SECONDS = 30;
    private static final String OWNER = "live";

    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = loops.next();
    private StackVirtualizer stacks;
    private Port port;
    private OciEngine engine;
    private Path root;

    @TempDir
    private Path state;

    @BeforeAll
    void buildImage() throws IOException, URISyntaxException {
        StackImages.obstacle("runc").ifPresent(obstacle -> assumeTrue(false, "skipped: " + obstacle));
        root = StackImages.build(
                "jvm-worker",
                Path.of("target", "stack-images"),
                List.of(classes(EchoHandler.class), classes(DrillHandler.class)));
    }

    private static Path classes(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        if (stacks != null) {
            done(stacks.stop());
            assertEquals(List.of(), done(engine.find(OWNER)));
            engine.close();
            try (var files = Files.walk(state)) {
                assertEquals(
                        List.of(),
                        files.filter(file -> file.toString().contains(KIND)).toList());
            }
        }
    }

    @AfterAll
    void stop() {
        executor.shutdownNow();
        loops.shutdownGracefully();
    }

    private StackSpec spec() {
        return new StackSpec(
                KIND,
                new StackSource.FileSystem(
                        root, List.of("/jre/bin/java", "@/app/worker.args", DrillHandler.class.getName())),
                "/run/stack/worker.sock",
                new StackResources(1, 96L << 20, 64, 1 << 20),
                new HealthCheck(Duration.ofMillis(500), Duration.ofSeconds(1), 2),
                32,
                Map.of());
    }

    private StackVirtualizer create(OciRuntime runtime) throws IOException {
        engine = OciEngine.builder(runtime, state, executor).build();
        return StackVirtualizer.builder(OWNER, loop)
                .engine(engine)
                .kind(
                        spec(),
                        KindSettings.builder(KIND, PROTOCOL)
                                .maxInFlight(8)
                                .maxWaiting(1000, 1 << 20)
                                .build(),
                        new StackBounds(2, 4))
                .build();
    }

    private void open() throws IOException {
        stacks = create(OciRuntime.runc());
        done(stacks.open());
        port = stacks.port(loop, 1 << 14);
    }

    private CompletionStage<MessageResult> send(String text, Duration patience) {
        return port.send(
                PROTOCOL,
                1,
                2,
                Unpooled.copiedBuffer(text, StandardCharsets.UTF_8),
                stacks.nowNanos() + patience.toNanos());
    }

    private MessageResult ask(String text) {
        return done(send(text, Duration.ofSeconds(10)));
    }

    private void assertAnswered(String text) {
        MessageResult result = ask(text);
        assertTrue(result instanceof MessageResult.Reply, () -> text + ": " + result);
        if (result instanceof MessageResult.Reply reply) {
            assertEquals(text, reply.message().toString(StandardCharsets.UTF_8));
            reply.message().release();
        }
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, what + ": not within " + LIMIT_SECONDS + " s");
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private Set<StackId> running() {
        return stacks.report().stream()
                .map(VirtualizedKind::stacks)
                .flatMap(kind -> kind.stacks().stream())
                .filter(stack -> stack.phase() == StackPhase.RUNNING)
                .map(StackStatus::id)
                .collect(Collectors.toSet());
    }

    private VirtualizedKind kind() {
        return stacks.report().get(0);
    }

    private void awaitTwo() throws InterruptedException {
        await("two stacks run", () -> running().size() >= 2);
    }

    /** One stack ends by the message; it is replaced, and the others answer all the time. */
    private void isReplaced(String misbehaviour) throws InterruptedException {
        awaitTwo();
        Set<StackId> before = running();
        MessageResult result = done(send(misbehaviour, Duration.ofSeconds(4)));
        assertFalse(result instanceof MessageResult.Reply, result::toString);
        for (int i = 0; i < 50; i++) {
            assertAnswered("m" + i);
        }
        await("another stack is there", () -> running().size() >= 2 && !before.containsAll(running()));
        assertAnswered("after");
    }

    @Test
    void aMessageThatComesBeforeAnyStackIsAnswered() throws Exception {
        open();
        assertAnswered("first");
        await("it is told that the message waited", () -> kind().messages().exposed() >= 1);
    }

    @Test
    void aStackThatExitsIsReplaced() throws Exception {
        open();
        isReplaced(DrillHandler.EXIT);
    }

    @Test
    void aStackThatUsesTooMuchMemoryIsReplaced() throws Exception {
        open();
        isReplaced(DrillHandler.GROW);
    }

    @Test
    void aStackThatHangsIsReplaced() throws Exception {
        open();
        isReplaced(DrillHandler.HANG);
    }

    @Test
    void readingsTellWhatContainersUse() throws Exception {
        open();
        awaitTwo();
        await(
                "both are read",
                () -> kind().readings().stream()
                                .filter(reading -> reading.memoryBytes() > 4 << 20 && reading.cpus() >= 0)
                                .filter(reading -> reading.headroom() > 0 && reading.headroom() < 1)
                                .count()
                        >= 2);
    }

    @Test
    void inAFlashCrowdEachMessageHasOneResultAndWhatWaitsIsBounded() throws Exception {
        open();
        awaitTwo();
        List<CompletionStage<MessageResult>> results = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            results.add(send("m" + i, Duration.ofSeconds(10)));
        }
        Map<MuxReason, Integer> refused = new EnumMap<>(MuxReason.class);
        int replies = 0;
        for (CompletionStage<MessageResult> stage : results) {
            MessageResult result = done(stage);
            if (result instanceof MessageResult.Reply reply) {
                reply.message().release();
                replies++;
            } else if (result instanceof MessageResult.Refused refusal) {
                refused.merge(refusal.reason(), 1, Integer::sum);
            }
        }
        assertTrue(replies >= 1000, "replies: " + replies + ", refused: " + refused);
        assertEquals(
                5000 - replies,
                refused.values().stream().mapToInt(Integer::intValue).sum());
        Set<MuxReason> expected = Set.of(MuxReason.LINE_FULL, MuxReason.HANDOVER_FULL);
        assertTrue(expected.containsAll(refused.keySet()), refused::toString);
        assertAnswered("after");
    }

    @Test
    void stacksOutliveTheirVirtualizerIfItLetsGoOfThem() throws Exception {
        open();
        awaitTwo();
        Set<StackId> before = running();
        done(stacks.detach());
        engine.close();
        open();
        awaitTwo();
        assertEquals(before, running());
        assertAnswered("again");
    }

    @Test
    void anEngineThatFailsIsToldWhenItIsOpened() throws IOException {
        StackVirtualizer broken = create(new OciRuntime("runc", List.of("/bin/false")));
        CompletionException thrown = assertThrows(CompletionException.class, () -> done(broken.open()));
        assertInstanceOf(StackException.class, thrown.getCause(), thrown::toString);
        done(broken.stop());
        engine.close();
    }
}
