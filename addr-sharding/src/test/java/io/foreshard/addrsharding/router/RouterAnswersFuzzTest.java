package io.foreshard.addrsharding.router;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.foreshard.addrsharding.dialect.FrrDialect;
import io.foreshard.addrsharding.route.DriftReport;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.route.SentRoute;
import io.foreshard.addrsharding.route.SessionState;
import io.foreshard.addrsharding.spi.Observation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads any answers as those of routers. Replays the committed inputs as an ordinary test; with {@code JAZZER_FUZZ=1} and one method
 * chosen it looks for new ones.
 */
class RouterAnswersFuzzTest {

    private static final RoutePlan BIRDS = LabPlans.bird("10.65.0.0/20");
    private static final RoutePlan FRRS = LabPlans.frr("10.64.0.0/20", "2001:db8:64:1::/64");
    private static final String ROUTER = "router bgp 64512";
    private static final FrrRunning WANTED =
            new FrrRunning(new FrrDialect().render(FRRS).text());

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.ISO_8859_1);
    }

    /** By a real socket; each answer is ended, so that nothing has to be waited for. */
    @FuzzTest(maxDuration = "3m")
    void anyAnswersOfBirdAreSeenOrUnreadableForAReason(byte[] input) throws IOException {
        Path directory = Files.createTempDirectory("fuzz");
        Path socket = directory.resolve("bird.ctl");
        try (FakeBird bird = new FakeBird(socket, command -> text(input) + "\n0000 \n")) {
            Observation observation = BirdPush.builder(socket, directory.resolve("bird.conf"), Runnable::run)
                    .build()
                    .observe(BIRDS)
                    .toCompletableFuture()
                    .join();
            assertFalse(bird.commands().isEmpty());
            if (observation instanceof Observation.Seen seen) {
                assertPrintable(seen.sessions());
                assertTrue(seen.sessions().size() == BIRDS.neighbours().size());
            } else if (observation instanceof Observation.Unreadable unreadable) {
                assertFalse(unreadable.reason().matches("(?s).*java\\.(lang|util).*"), unreadable.reason());
            }
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(directory);
        }
    }

    @FuzzTest(maxDuration = "3m")
    void anyRoutesOfBirdAreReadOrPassedOver(byte[] input) {
        BirdRoutes routes = new BirdRoutes();
        text(input).lines().forEach(routes);
        List<SentRoute> sent = routes.end().orElseThrow();
        assertTrue(sent.size() <= text(input).lines().count());
        DriftReport.between(BIRDS, List.of(new SessionState("frr-4", true, text(input), sent)));
        sent.forEach(route -> assertTrue(route.med().orElse(0) >= 0));
    }

    @FuzzTest(maxDuration = "3m")
    void anyJsonOfFrrIsReadOrRefused(byte[] input) {
        Optional<java.util.Map<?, ?>> answer = Json.object(text(input));
        if (answer.isPresent()) {
            assertFalse(FrrAnswers.state(answer.get(), "192.0.2.2").isEmpty());
            FrrAnswers.routes(answer.get()).forEach((prefix, med) -> assertTrue(med.orElse(0) >= 0, prefix::toString));
        }
    }

    /** Whatever a router runs: nothing of others is removed, and no line is told that neither side has. */
    @FuzzTest(maxDuration = "3m")
    void anyConfigurationOfFrrIsChangedOnlyWhereItIsOurs(byte[] input) {
        FrrRunning running = new FrrRunning(text(input));
        running.marks().keySet().forEach(prefix -> assertFalse(prefix.isEmpty()));
        String commands = running.changesTo(WANTED, ROUTER);
        for (String line : commands.split("\n", -1)) {
            if (line.startsWith("no ")) {
                assertTrue(line.contains(" FS-"), line);
            }
        }
        assertTrue(commands.contains(ROUTER), commands);
    }

    private static void assertPrintable(List<SessionState> sessions) {
        sessions.forEach(each -> assertTrue(each.detail().matches("[ -~…]*"), each.detail()));
    }
}
