package io.foreshard.addrsharding.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.foreshard.addrsharding.dialect.BirdDialect;
import io.foreshard.addrsharding.dialect.FrrDialect;
import io.foreshard.addrsharding.route.Drift;
import io.foreshard.addrsharding.route.DriftReport;
import io.foreshard.addrsharding.route.RoutePlan;
import io.foreshard.addrsharding.route.SessionState;
import io.foreshard.addrsharding.spi.Observation;
import io.foreshard.addrsharding.spi.PushOutcome;
import io.foreshard.addrsharding.spi.RouterPush;
import io.foreshard.addrsharding.spi.RouterWatch;
import io.foreshard.examples.harness.Cleanup;
import io.foreshard.examples.harness.RouterLab;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Two real routers that are neighbours of each other, and what tells and watches them. */
record LivePair(RouterLab lab, FrrPush frr, BirdPush bird) {

    static final Duration TRIAL = Duration.ofSeconds(4);

    private static final long LIMIT_SECONDS = 15;

    /** Starts both with nothing to announce, and waits for their sessions. Skips the test where that cannot be. */
    static LivePair start(Cleanup cleanup) throws IOException {
        Optional<String> obstacle = RouterLab.obstacle();
        assumeTrue(obstacle.isEmpty(), () -> "skipped: " + obstacle.orElse(""));
        String frrText = new FrrDialect().render(LabPlans.frr()).text();
        String birdText = new BirdDialect().render(LabPlans.bird()).text();
        RouterLab lab = RouterLab.start(frrText, birdText, cleanup);
        FrrPush frr =
                FrrPush.builder(lab.frrSockets(), lab.frrFile(), Runnable::run).build();
        BirdPush bird = BirdPush.builder(lab.birdSocket(), lab.birdFile(), Runnable::run)
                .trial(TRIAL)
                .build();
        LivePair pair = new LivePair(lab, frr, bird);
        awaitTrue("BIRD has both sessions", () -> sessionsAreUp(bird, LabPlans.bird()));
        awaitTrue("FRR has both sessions", () -> sessionsAreUp(frr, LabPlans.frr()));
        return pair;
    }

    static boolean sessionsAreUp(RouterWatch watch, RoutePlan plan) {
        return seen(watch, plan).stream().allMatch(SessionState::isEstablished);
    }

    static List<SessionState> seen(RouterWatch watch, RoutePlan plan) {
        return assertInstanceOf(Observation.Seen.class, done(watch.observe(plan)))
                .sessions();
    }

    List<Drift> drifts(RouterWatch watch, RoutePlan plan) {
        return DriftReport.between(plan, seen(watch, plan)).drifts();
    }

    static void apply(RouterPush push, RoutePlan plan) {
        assertEquals(new PushOutcome.Applied(), done(push.push(plan)));
    }

    static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    static void awaitTrue(String what, Callable<Boolean> condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        String last = "";
        while (System.nanoTime() < deadline) {
            try {
                if (condition.call()) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (Exception | AssertionError notYet) {
                last = notYet.toString();
            }
        }
        throw new AssertionError(what + ": not within " + LIMIT_SECONDS + " s " + last);
    }

    boolean birdHas(String prefix) throws IOException {
        return lab.askBird("show route").contains(prefix + " ");
    }

    boolean frrHas(String prefix) throws IOException {
        String family = prefix.contains(":") ? "ipv6" : "ipv4";
        return lab.askFrr("show bgp " + family + " unicast").contains(prefix);
    }
}
