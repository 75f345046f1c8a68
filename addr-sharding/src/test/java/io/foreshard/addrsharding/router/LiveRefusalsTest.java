package io.foreshard.addrsharding.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.dialect.BirdDialect;
import io.foreshard.addrsharding.dialect.FrrDialect;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.spi.PushOutcome;
import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What real routers do not take, or not for long: each time they have what they had before, and say why. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("live")
class LiveRefusalsTest {

    private static final RoutePlan GOOD = LabPlans.frr("10.64.16.0/20");

    private final Cleanup cleanup = new Cleanup("live refusals");
    private LivePair pair;

    @BeforeAll
    void startRouters() throws IOException {
        pair = LivePair.start(cleanup);
    }

    @AfterAll
    void stopRouters() {
        cleanup.close();
    }

    private void assertFrrHasWhatItHad() throws IOException {
        assertEquals(
                new FrrDialect().render(GOOD).text(),
                Files.readString(pair.lab().frrFile()));
        assertFalse(Files.exists(pair.lab().frrFile().resolveSibling("frr.conf.candidate")));
        assertFalse(Files.exists(pair.lab().frrFile().resolveSibling("frr.conf.commands")));
        LivePair.awaitTrue(
                "FRR has no drift", () -> pair.drifts(pair.frr(), GOOD).isEmpty());
        assertFalse(pair.lab().askFrr("show running-config").contains("10.64.32.0"), "something of the other plan");
        assertTrue(pair.birdHas("10.64.16.0/20"));
    }

    private void announceWhatIsGood() {
        LivePair.apply(pair.frr(), GOOD);
        LivePair.awaitTrue("BIRD has the route", () -> pair.birdHas("10.64.16.0/20"));
    }

    /** As an older FRR does with a command that it does not know: in its place here, one that none knows. */
    @Test
    void aFileThatFrrDoesNotUnderstandIsRefusedWithItsWords() throws IOException {
        announceWhatIsGood();
        String real = Commands.find("vtysh").orElseThrow().toString();
        Path vtysh = pair.lab().frrSockets().resolve("vtysh");
        Files.writeString(
                vtysh,
                "#!/bin/sh\nif [ \"$1\" = -C ]; then echo 'bgp no-such-thing 1' >> \"$3\"; fi\nexec " + real
                        + " \"$@\"\n");
        Files.setPosixFilePermissions(vtysh, PosixFilePermissions.fromString("rwxr-xr-x"));
        FrrPush push = FrrPush.builder(pair.lab().frrSockets(), pair.lab().frrFile(), Runnable::run)
                .vtysh(vtysh)
                .build();
        PushOutcome outcome = LivePair.done(push.push(LabPlans.frr("10.64.32.0/20")));
        List<String> complaints =
                assertInstanceOf(PushOutcome.Refused.class, outcome).complaints();
        assertTrue(
                complaints.stream()
                        .anyMatch(line -> line.contains("Unknown command") && line.contains("no-such-thing")),
                complaints::toString);
        assertFrrHasWhatItHad();
    }

    /** A router runs one autonomous system; that it is another one shows only when it is told. */
    @Test
    void aPlanThatFrrTakesHalfOfIsTakenBack() throws IOException {
        announceWhatIsGood();
        RoutePlan other = LabPlans.frr("10.64.32.0/20");
        RoutePlan foreign =
                new RoutePlan(64599, other.routerId(), other.neighbours(), other.announcements(), other.owned());
        PushOutcome outcome = LivePair.done(pair.frr().push(foreign));
        String reason = assertInstanceOf(PushOutcome.RolledBack.class, outcome).reason();
        assertTrue(reason.contains("AS is 64512"), reason);
        assertFrrHasWhatItHad();
    }

    /** What the router would not start from again is not left in it. */
    @Test
    void aPlanWhoseFileCannotBeReplacedIsTakenBack() throws IOException {
        announceWhatIsGood();
        Path occupied = Files.createDirectories(pair.lab().frrSockets().resolve("occupied/by"))
                .getParent();
        FrrPush push = FrrPush.builder(pair.lab().frrSockets(), occupied, Runnable::run)
                .build();
        PushOutcome outcome = LivePair.done(push.push(LabPlans.frr("10.64.32.0/20")));
        assertInstanceOf(PushOutcome.RolledBack.class, outcome);
        assertFrrHasWhatItHad();
        assertTrue(Files.isDirectory(occupied.resolve("by")));
    }

    /** As when this process dies between the order and its confirmation. */
    @Test
    void aPlanThatNobodyConfirmsIsUndoneByBird() throws IOException {
        RoutePlan good = LabPlans.bird("10.65.16.0/20");
        LivePair.apply(pair.bird(), good);
        LivePair.awaitTrue("FRR has the route", () -> pair.frrHas("10.65.16.0/20"));
        Path socket = pair.lab().frrSockets().resolve("mute.ctl");
        try (FakeBird mute = new FakeBird(socket, this::allButConfirmation)) {
            BirdPush push = BirdPush.builder(socket, pair.lab().birdFile(), Runnable::run)
                    .trial(Duration.ofSeconds(2))
                    .build();
            PushOutcome outcome = LivePair.done(push.push(LabPlans.bird("10.65.32.0/20")));
            assertInstanceOf(PushOutcome.Unreachable.class, outcome);
            assertEquals(
                    "configure confirm", mute.commands().get(mute.commands().size() - 1));
        }
        assertFalse(pair.drifts(pair.bird(), good).isEmpty(), "the trial goes on");
        LivePair.awaitTrue("it is undone", () -> pair.drifts(pair.bird(), good).isEmpty());
        assertEquals(
                new BirdDialect().render(good).text(),
                Files.readString(pair.lab().birdFile()));
        LivePair.awaitTrue("FRR has the route", () -> pair.frrHas("10.65.16.0/20"));
    }

    private String allButConfirmation(String command) {
        if (command.equals("configure confirm")) {
            return FakeBird.HANG_UP;
        }
        try {
            String said =
                    Commands.run("birdc", "-v", "-s", pair.lab().birdSocket().toString(), command);
            // The greeting was sent already; the end of a table is not printed.
            return said.substring(said.indexOf('\n') + 1) + (command.startsWith("show") ? "0000 \n" : "");
        } catch (IOException failure) {
            return "9001 " + failure.getMessage() + "\n";
        }
    }
}
