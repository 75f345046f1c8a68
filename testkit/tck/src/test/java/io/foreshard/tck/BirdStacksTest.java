package io.foreshard.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.Commands;
import io.foreshard.examples.harness.StackImages;
import io.foreshard.stackvirt.engine.oci.OciEngine;
import io.foreshard.stackvirt.engine.oci.OciRuntime;
import io.foreshard.stackvirt.engine.text.ReplyCodeProtocol;
import io.foreshard.stackvirt.mux.KindSettings;
import io.foreshard.stackvirt.mux.MessageResult;
import io.foreshard.stackvirt.mux.MuxReason;
import io.foreshard.stackvirt.mux.Port;
import io.foreshard.stackvirt.spi.HealthCheck;
import io.foreshard.stackvirt.spi.StackEngine;
import io.foreshard.stackvirt.spi.StackFailure;
import io.foreshard.stackvirt.spi.StackId;
import io.foreshard.stackvirt.spi.StackResources;
import io.foreshard.stackvirt.spi.StackSource;
import io.foreshard.stackvirt.spi.StackSpec;
import io.foreshard.stackvirt.virtualizer.StackBounds;
import io.foreshard.stackvirt.virtualizer.StackVirtualizer;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** BIRD in a container: asked in its own language, and as a BGP speaker that a router of this machine has for a neighbour. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("live")
class BirdStacksTest {

    private static final String OWNER = "birds";
    private static final int PROTOCOL = 179;
    private static final int MANY_ROUTES = 3000;
    private static final List<String> COMMAND = List.of(
            "/usr/sbin/bird", "-f", "-c", "/etc/bird/bird.conf", "-P", "/tmp/bird.pid", "-s", "/run/stack/bird.ctl");
    private static final String ROUTES = "log stderr all;\nrouter id " + NeighbourLab.STACK_ADDRESS + ";\n"
            + "protocol device {}\n"
            + "protocol static { ipv4; route 10.1.0.0/16 blackhole; route 10.1.2.0/24 unreachable;"
            + " route 10.2.0.0/16 blackhole; }\n";
    private static final String SPEAKER = ROUTES
            + "protocol bgp neighbour { local 192.0.2.1 as 65001; neighbor 192.0.2.2 as 65002; connect delay time 1;"
            + " hold time 6; keepalive time 1; ipv4 { import none; export where source = RTS_STATIC; }; }\n";
    private static final String NEIGHBOUR = "router id " + NeighbourLab.NEIGHBOUR_ADDRESS + ";\n"
            + "protocol device {}\n"
            + "protocol bgp stack { local 192.0.2.2 as 65002; neighbor 192.0.2.1 as 65001; passive;"
            + " hold time 6; keepalive time 1; ipv4 { import all; export none; }; }\n";
    private static final Pattern HOLD_TIMER = Pattern.compile("Hold timer: +([0-9.]+)/6");

    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final EventLoop loop = loops.next();

    @TempDir
    private Path folder;

    private Path image;

    @BeforeAll
    void buildImage() throws IOException {
        StackImages.obstacle("runc").ifPresent(obstacle -> assumeTrue(false, "skipped: " + obstacle));
        for (String program : List.of("bird", "birdc")) {
            assumeTrue(
                    Commands.find(program).isPresent(),
                    "skipped: no " + program + " (expected: scripts/install-stack-engines.sh was run)");
        }
        image = StackImages.build("bird", Path.of("target", "stack-images"), List.of());
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        assertFalse(
                NeighbourLab.namespaces().contains("-" + ProcessHandle.current().pid() + "-"));
    }

    @AfterAll
    void stop() {
        executor.shutdownNow();
        loops.shutdownGracefully();
    }

    private OciEngine engine() {
        try {
            return OciEngine.builder(OciRuntime.runc(), folder.resolve("state"), executor)
                    .protocol(ReplyCodeProtocol.bird())
                    .build();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Returns the spec of a BIRD that is configured so. */
    private StackSpec bird(String configuration) throws IOException {
        Path root = Files.createTempDirectory(folder, "root").resolve("bird");
        Commands.run("cp", "-a", image.toString(), root.toString());
        Files.writeString(root.resolve("etc/bird/bird.conf"), configuration);
        return new StackSpec(
                        "bird",
                        new StackSource.FileSystem(root, COMMAND),
                        "/run/stack/bird.ctl",
                        new StackResources(1, 64L << 20, 16, 1 << 20),
                        new HealthCheck(Duration.ofSeconds(1), Duration.ofSeconds(10), 3),
                        64,
                        Map.of())
                .speaking("bird");
    }

    private StackRig rig() {
        return new StackRig(new StackEngineContract() {
            @Override
            public StackEngine engine() {
                return BirdStacksTest.this.engine();
            }

            @Override
            public StackSource source() {
                return new StackSource.FileSystem(image, COMMAND);
            }

            @Override
            public EventLoop loop() {
                return loop;
            }
        });
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(StackRig.SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, what + ": not within " + StackRig.SECONDS + " s");
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void birdAnswersInItsOwnLanguageAndCanBeAskedButNotChanged() throws IOException {
        StackRig rig = rig();
        try (rig) {
            StackId id = rig.running(bird(ROUTES));
            StackRig.Line line = rig.connect(id);
            assertTrue(line.ping(-1));
            assertEquals("pong -1", line.next());
            String route = line.ask(1, "show route for 10.1.2.3");
            assertTrue(route.contains(" 10.1.2.0/24") && route.endsWith("\n0000 \n"), route);
            assertTrue(line.ask(2, "down").startsWith("8007 "));
            assertTrue(line.ask(3, "show route for 11.1.1.1").startsWith("8001 "));
            assertTrue(line.send(4, "quit"));
            assertEquals("error 4", line.next());
            StackRig.done(rig.engine.freeze(id));
            assertTrue(line.send(5, "show route for 10.2.3.4"));
            StackRig.done(rig.engine.thaw(id));
            assertTrue(line.next().startsWith("reply 5 1007-"));
        }
        assertEquals(List.of(), StackRig.done(engine().find(rig.owner())));
    }

    @Test
    void aLongAnswerIsWholeOrCutsTheLinkOff() throws IOException {
        StringBuilder table = new StringBuilder("router id 192.0.2.1;\nprotocol static { ipv4;\n");
        for (int i = 0; i < MANY_ROUTES; i++) {
            table.append("route 10.").append(i >> 8).append('.').append(i & 255).append(".0/24 blackhole;\n");
        }
        StackRig rig = rig();
        try (rig;
                OciEngine later = OciEngine.builder(OciRuntime.runc(), folder.resolve("state"), executor)
                        .protocol(ReplyCodeProtocol.bird())
                        .largestMessage(1 << 16)
                        .build();
                OciEngine ignorant = OciEngine.builder(OciRuntime.runc(), folder.resolve("state"), executor)
                        .build()) {
            StackId id = rig.running(bird(table.append("}\n").toString()));
            StackRig.Line line = rig.connect(id);
            String all = line.ask(1, "show route");
            assertTrue(all.length() > 1 << 16, () -> all.length() + " bytes");
            assertEquals(MANY_ROUTES, all.split("blackhole", -1).length - 1);
            StackRig.Line small = rig.connect(later, id);
            assertTrue(small.ask(1, "show route for 10.0.1.1").contains("10.0.1.0/24"));
            assertTrue(small.send(2, "show route"));
            assertEquals(StackFailure.PROTOCOL_BROKEN, small.awaitEnd());
            assertTrue(line.ask(2, "show route count").contains(MANY_ROUTES + " routes"));
            StackRig.fails(StackFailure.UNSUPPORTED, ignorant.connect(id, loop, line));
        }
    }

    @Test
    void messagesOfAPortAreAnsweredByBird() throws IOException {
        OciEngine engine = engine();
        StackVirtualizer stacks = StackVirtualizer.builder(OWNER, loop)
                .engine(engine)
                .kind(
                        bird(ROUTES),
                        KindSettings.builder("bird", PROTOCOL).maxInFlight(8).build(),
                        new StackBounds(1, 1))
                .build();
        try {
            StackRig.done(stacks.open());
            Port port = stacks.port(loop, 1000);
            List<CompletionStage<MessageResult>> results = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                results.add(ask(stacks, port, "show route for 10." + (1 + i % 3) + ".2.3"));
            }
            List<String> expected = List.of(" 10.1.2.0/24", " 10.2.0.0/16", "8001 ");
            for (int i = 0; i < results.size(); i++) {
                MessageResult.Reply reply =
                        assertInstanceOf(MessageResult.Reply.class, StackRig.done(results.get(i)), "message " + i);
                String text = reply.message().toString(StandardCharsets.US_ASCII);
                reply.message().release();
                assertTrue(text.contains(expected.get(i % 3)), text);
            }
            MessageResult.Refused refused =
                    assertInstanceOf(MessageResult.Refused.class, StackRig.done(ask(stacks, port, "exit")));
            assertEquals(MuxReason.STACK_REFUSED, refused.reason());
        } finally {
            StackRig.done(stacks.stop());
            assertEquals(List.of(), StackRig.done(engine.find(OWNER)));
            engine.close();
        }
    }

    private static CompletionStage<MessageResult> ask(StackVirtualizer stacks, Port port, String text) {
        return port.send(
                PROTOCOL,
                1,
                2,
                Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII),
                stacks.nowNanos() + TimeUnit.SECONDS.toNanos(20));
    }

    @Test
    void aSpeakerKeepsItsNeighbourWhileItIsFrozenAndItsRoutesGoWithIt() throws Exception {
        NeighbourLab.obstacle().ifPresent(obstacle -> assumeTrue(false, "skipped: " + obstacle));
        StackRig rig = rig();
        try (Cleanup cleanup = new Cleanup("neighbours");
                rig) {
            NeighbourLab lab = NeighbourLab.start(folder, NEIGHBOUR, cleanup);
            await("the neighbour runs", () -> lab.askNeighbour("show status").contains("up and running"));
            StackId id = rig.running(bird(SPEAKER).inNetwork(lab.stackNamespace()));
            StackRig.Line line = rig.connect(id);
            await(
                    "the routes arrive",
                    () -> lab.askNeighbour("show route count").contains("3 of 3 routes"));
            assertTrue(line.ask(1, "show protocols neighbour").contains("Established"));
            String session = since(lab);

            StackRig.done(rig.engine.freeze(id));
            // It starts anew at 4.5 to 6 s (RFC 4271 section 10) with each keep-alive, one a second.
            await("keep-alives are missing", () -> holdTimer(lab) < 3);
            StackRig.done(rig.engine.thaw(id));
            await("keep-alives come again", () -> holdTimer(lab) > 4);
            assertEquals(session, since(lab));
            assertTrue(lab.askNeighbour("show route").contains("10.2.0.0/16"));

            StackRig.done(rig.engine.destroy(id));
            await("the routes go", () -> lab.askNeighbour("show route count").contains("0 of 0 routes"));
            assertFalse(lab.askNeighbour("show protocols stack").contains("Established"));
            assertTrue(Files.exists(lab.stackNamespace()), "the namespace is not the stack's");
        }
        assertEquals(List.of(), StackRig.done(engine().find(rig.owner())));
    }

    /** Returns the line of the session, with the time at which it was established. */
    private static String since(NeighbourLab lab) {
        String said = lab.askNeighbour("show protocols stack");
        assertTrue(said.contains("Established"), said);
        return said;
    }

    private static double holdTimer(NeighbourLab lab) {
        String said = lab.askNeighbour("show protocols all stack");
        Matcher timer = HOLD_TIMER.matcher(said);
        assertTrue(timer.find(), said);
        return Double.parseDouble(timer.group(1));
    }
}
