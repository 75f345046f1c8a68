package io.foreshard.addrsharding.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.dialect.BirdDialect;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.route.Drift;
import io.foreshard.addrsharding.route.DriftReport;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.spi.Observation;
import io.foreshard.addrsharding.spi.PushOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BirdPushTest {

    private static final RoutePlan PLAN = LabPlans.bird("10.65.0.0/20");
    private static final String UP = """
            1002-fs_bgp_frr-4   BGP        ---        up     11:01:37.306  Established
             fs_bgp_frr-6   BGP        ---        up     11:01:37.306  Established
            0000
            """;
    private static final String DOWN = """
            1002-fs_bgp_frr-4   BGP        ---        start  11:01:37.306  Active
            0000
            """;
    private static final String ROUTES = """
            1007-Table master4:
             10.65.0.0/20         blackhole [fs_static4 11:01:37.199] * (200)
            1008-\tType: static univ
            1012-\tBGP.med: 51
             \tBGP.community: (64513,100)
             \tBGP.large_community: (64513, 1, 100)
            0000
            """;

    @TempDir
    private Path directory;

    private Path socket;
    private Path file;

    @BeforeEach
    void thereIsAFile() throws IOException {
        socket = directory.resolve("bird.ctl");
        file = directory.resolve("bird.conf");
        Files.writeString(file, "before");
    }

    private static String good(String command) {
        return switch (command.split(" ", 3)[0] + " " + command.split(" ", 3)[1]) {
            case "configure check" -> "0002-Reading configuration from x\n0020 Configuration OK\n";
            case "configure confirm" -> "0018 Reconfiguration confirmed\n";
            case "configure undo" -> "0003 Reconfigured\n";
            case "show protocols" -> "2002-Name       Proto      Table      State  Since         Info\n" + UP;
            default -> command.startsWith("configure") ? "0022-Undo scheduled in 4 s\n0003 Reconfigured\n" : "0000 \n";
        };
    }

    private BirdPush.Builder push() {
        return BirdPush.builder(socket, file, Runnable::run).trial(Duration.ofSeconds(4));
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private PushOutcome pushed(Function<String, String> answers) throws Exception {
        try (FakeBird bird = new FakeBird(socket, answers)) {
            PushOutcome outcome = done(push().build().push(PLAN));
            assertFalse(bird.commands().isEmpty());
            return outcome;
        }
    }

    private Observation observed(Function<String, String> answers) throws Exception {
        try (FakeBird bird = new FakeBird(socket, answers)) {
            Observation observation = done(push().build().observe(PLAN));
            assertEquals("show protocols", bird.commands().get(0));
            return observation;
        }
    }

    private void assertNothingIsLeftOfIt() throws IOException {
        assertEquals("before", Files.readString(file));
        assertFalse(Files.exists(directory.resolve("bird.conf.candidate")));
    }

    @Test
    void aPlanIsCheckedThenTakenOnTrialThenConfirmed() throws Exception {
        try (FakeBird bird = new FakeBird(socket, BirdPushTest::good)) {
            assertEquals(new PushOutcome.Applied(), done(push().build().push(PLAN)));
            String candidate = "\"" + directory.resolve("bird.conf.candidate") + "\"";
            List<String> expected = List.of(
                    "configure check " + candidate,
                    "show protocols",
                    "configure " + candidate + " timeout 4",
                    "show protocols",
                    "configure confirm");
            assertEquals(expected, bird.commands());
        }
        assertEquals(new BirdDialect().render(PLAN).text(), Files.readString(file));
    }

    @Test
    void whatTheRouterDoesNotTakeIsRefusedWithItsWords() throws Exception {
        PushOutcome outcome = pushed(command -> command.startsWith("configure check")
                ? "0002-Reading configuration from x\n8002 x:3:7 syntax error\n"
                : good(command));
        assertEquals(new PushOutcome.Refused(List.of("Reading configuration from x", "x:3:7 syntax error")), outcome);
        assertNothingIsLeftOfIt();
    }

    @Test
    void aPlanWithoutItsSessionsIsUndone() throws Exception {
        AtomicLong looks = new AtomicLong();
        AtomicLong nanos = new AtomicLong();
        try (FakeBird bird = new FakeBird(
                socket,
                command -> command.equals("show protocols") && looks.incrementAndGet() > 1 ? DOWN : good(command))) {
            BirdPush push = push().clock(() -> nanos.addAndGet(100_000_000)).build();
            assertInstanceOf(PushOutcome.RolledBack.class, done(push.push(PLAN)));
            assertEquals("configure undo", bird.commands().get(bird.commands().size() - 1));
            assertFalse(bird.commands().contains("configure confirm"));
        }
        assertNothingIsLeftOfIt();
    }

    @Test
    void aPlanThatIsNotConfirmedInTimeIsUndone() throws Exception {
        PushOutcome outcome =
                pushed(command -> command.equals("configure confirm") ? "8008 No pending undo\n" : good(command));
        assertEquals(new PushOutcome.RolledBack("No pending undo"), outcome);
        assertNothingIsLeftOfIt();
    }

    @Test
    void aRouterThatIsNotThereIsUnreachable() throws IOException {
        assertInstanceOf(PushOutcome.Unreachable.class, done(push().build().push(PLAN)));
        assertInstanceOf(Observation.Unreadable.class, done(push().build().observe(PLAN)));
        assertNothingIsLeftOfIt();
    }

    @Test
    void aRouterThatGoesAwayMeanwhileIsUnreachable() throws Exception {
        PushOutcome outcome = pushed(command -> command.startsWith("configure \"") ? FakeBird.HANG_UP : good(command));
        assertInstanceOf(PushOutcome.Unreachable.class, outcome);
        assertNothingIsLeftOfIt();
    }

    @Test
    void aRouterThatNeverEndsItsAnswerIsUnreachable() throws Exception {
        AtomicLong nanos = new AtomicLong();
        try (FakeBird bird = new FakeBird(socket, command -> "0002-Reading\n")) {
            BirdPush push = push().limit(Duration.ofMillis(100))
                    .clock(() -> nanos.addAndGet(20_000_000))
                    .build();
            assertInstanceOf(PushOutcome.Unreachable.class, done(push.push(PLAN)));
            assertEquals(1, bird.commands().size());
        }
    }

    @Test
    void aLineWithoutEndIsUnreadable() throws Exception {
        assertInstanceOf(Observation.Unreadable.class, observed(command -> "1".repeat(100_000)));
    }

    @Test
    void whatTheRouterSendsIsReadWithMarksAndDiscriminator() throws Exception {
        Observation observation = observed(command -> command.startsWith("show route export 'fs_bgp_frr-4'")
                ? ROUTES
                : command.startsWith("show route") ? "9001 No valid tables\n" : good(command));
        Observation.Seen seen = assertInstanceOf(Observation.Seen.class, observation);
        assertEquals(
                List.of(new Drift.Changed("frr-4", Prefix.parse("10.65.0.0/20"), "med", "50", "51")),
                DriftReport.between(PLAN, seen.sessions()).drifts());
    }

    @Test
    void noAnswerOfARouterMakesAnythingFailUntyped() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String[] pieces = {
            "0000 \n",
            "1007-",
            "10.65.0.0/20 x\n",
            "10.65.0.1/20 x\n",
            "\tBGP.med: 99999999999\n",
            "\tBGP.med: 9999999999\n",
            "\tBGP.community: (1,2) (99999999999999999999,1) ((\n",
            "fs_bgp_a BGP - up x Established\n",
            "\n",
            "\u00ff\u0000",
            "9001 x\n",
            "::ffff:1.2.3.4/99 \n",
            "0003",
            " ",
            "2002-fs_bgp_frr-4   BGP  ---   up     11:01:37.306  Established\n"
        };
        try (FakeBird bird = new FakeBird(socket, command -> {
            StringBuilder answer = new StringBuilder();
            for (int i = random.nextInt(20); i > 0; i--) {
                answer.append(pieces[random.nextInt(pieces.length)]);
            }
            return answer + "\n0000 \n";
        })) {
            BirdPush push = push().build();
            for (int i = 0; i < 200; i++) {
                Observation observation = done(push.observe(PLAN));
                String reason = observation instanceof Observation.Unreadable unreadable ? unreadable.reason() : "";
                assertFalse(
                        reason.contains("IllegalArgument")
                                || reason.contains("NumberFormat")
                                || reason.contains("OutOfBounds"),
                        "seed " + seed + ": " + reason);
            }
            assertTrue(bird.commands().size() >= 200);
        }
    }

    @Test
    void aPathThatCouldEndTheCommandIsRefused() {
        Path evil = directory.resolve("a\" timeout 0");
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> BirdPush.builder(socket, evil, Runnable::run).build());
        assertTrue(refused.getMessage().startsWith("file: "), refused.getMessage());
    }
}
