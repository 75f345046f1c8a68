package io.foreshard.addrsharding.engine;

import static io.foreshard.addrsharding.prefix.AddressFamily.IPV4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.PushOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Routers, warmers and watches that answer late, wrongly or never. */
class SlowOthersTest {

    private final EngineRig rig = new EngineRig();

    /** Empties all shards, so that all but one are given back. */
    private void shrink(int steps) {
        IntStream.range(0, 60).forEach(i -> rig.given("web", IPV4, "vm-" + i));
        empty(60, steps);
    }

    private void empty(int machines, int steps) {
        IntStream.range(0, machines).forEach(i -> rig.release(rig.given("web", IPV4, "vm-" + i)));
        for (int i = 0; i < steps; i++) {
            rig.step();
        }
    }

    private boolean has(AllocationStatus status) {
        return rig.shards().containsValue(status);
    }

    @Test
    void aPushThatIsNeverAnsweredHoldsUpNobodyForLongerThanItsLimit() {
        List<CompletableFuture<PushOutcome>> unanswered = new ArrayList<>();
        rig.router = shards -> {
            unanswered.add(new CompletableFuture<>());
            return unanswered.get(unanswered.size() - 1);
        };
        CompletableFuture<HandOut> answer = rig.take("web", IPV4, "vm");
        rig.look(10_000);
        rig.look(59_000);
        assertFalse(answer.getNow(null) instanceof HandOut.Given);
        assertEquals(0, rig.count(EngineReason.PUSH_TIMED_OUT));
        rig.look(1_000);
        assertEquals(1, rig.count(EngineReason.PUSH_TIMED_OUT));
        assertEquals(2, unanswered.size(), "the next push goes out");
        rig.given("web", IPV4, "vm");

        unanswered.get(0).complete(new PushOutcome.Applied());
        unanswered.get(1).complete(new PushOutcome.Applied());
        assertEquals(1, rig.count(EngineReason.PUSH_TIMED_OUT));
    }

    @Test
    void aLateAnswerToAPushGivesNothingBack() {
        List<CompletableFuture<PushOutcome>> unanswered = new ArrayList<>();
        IntStream.range(0, 60).forEach(i -> rig.given("web", IPV4, "vm-" + i));
        rig.router = shards -> {
            unanswered.add(new CompletableFuture<>());
            return unanswered.get(unanswered.size() - 1);
        };
        empty(60, 400);
        assertTrue(has(AllocationStatus.DRAINING), "" + rig.shards());
        int before = unanswered.size();
        unanswered.subList(0, before - 1).forEach(push -> push.complete(new PushOutcome.Applied()));
        assertFalse(has(AllocationStatus.COOLING), "" + rig.shards());
        unanswered.get(before - 1).complete(new PushOutcome.Applied());
        assertTrue(has(AllocationStatus.COOLING), "" + rig.shards());
    }

    @Test
    void aDrainingShardIsGivenBackOnlyWhenItWasSeenWithdrawn() {
        Set<Prefix> seen = new HashSet<>();
        List<Set<Prefix>> asked = new ArrayList<>();
        rig.watch = prefixes -> {
            asked.add(prefixes);
            return CompletableFuture.completedFuture(seen);
        };
        shrink(400);
        assertFalse(has(AllocationStatus.COOLING), "" + rig.shards());
        assertTrue(rig.count(EngineReason.WITHDRAWAL_UNCONFIRMED) > 0);
        Set<Prefix> draining = asked.get(asked.size() - 1);
        assertTrue(draining.size() >= 2, "" + draining);
        draining.forEach(
                shard -> assertFalse(rig.announced.contains(shard), "asked before routers were told: " + shard));

        Prefix one = draining.iterator().next();
        seen.add(one);
        rig.look(1000);
        assertEquals(AllocationStatus.COOLING, rig.shards().get(one));
        assertEquals(
                draining.size() - 1,
                rig.shards().values().stream()
                        .filter(AllocationStatus.DRAINING::equals)
                        .count());
        rig.look(31_000);
        assertFalse(rig.shards().containsKey(one), "" + rig.shards());
    }

    @Test
    void whatIsSeenOfShardsThatNobodyAskedForChangesNothing() {
        rig.given("web", IPV4, "vm");
        Set<Prefix> all = rig.announced;
        rig.watch = prefixes -> CompletableFuture.completedFuture(all);
        rig.given("db", IPV4, "vm");
        rig.look(100_000);
        assertEquals(2, rig.shards().size());
        assertTrue(rig.shards().values().stream().allMatch(AllocationStatus.CONFIRMED::equals), "" + rig.shards());
    }

    @Test
    void aWatchThatNeverAnswersIsAskedAgainAndItsLateAnswerIgnored() {
        List<CompletableFuture<Set<Prefix>>> unanswered = new ArrayList<>();
        List<Set<Prefix>> asked = new ArrayList<>();
        rig.watch = prefixes -> {
            asked.add(prefixes);
            unanswered.add(new CompletableFuture<>());
            return unanswered.get(unanswered.size() - 1);
        };
        shrink(400);
        int last = unanswered.size() - 1;
        assertTrue(last >= 1, "asked " + asked.size());
        IntStream.range(0, last).forEach(i -> unanswered.get(i).complete(asked.get(i)));
        assertFalse(has(AllocationStatus.COOLING), "" + rig.shards());
        unanswered.get(last).complete(asked.get(last));
        assertTrue(has(AllocationStatus.COOLING), "" + rig.shards());
    }

    @Test
    void aWatchThatFailsIsAskedAgain() {
        AtomicInteger calls = new AtomicInteger();
        rig.watch = prefixes -> switch (calls.getAndIncrement()) {
            case 0 -> throw new IllegalStateException("no router");
            case 1 -> CompletableFuture.failedFuture(new IllegalStateException("no answer"));
            default -> CompletableFuture.completedFuture(prefixes);
        };
        shrink(200);
        assertTrue(calls.get() > 2, "" + calls);
        assertFalse(has(AllocationStatus.DRAINING), "" + rig.shards());
    }

    @Test
    void theWatchIsAskedAgainAfterARestart() {
        rig.watch = prefixes -> CompletableFuture.completedFuture(Set.of());
        shrink(400);
        rig.restart();
        rig.look(1000);
        assertTrue(has(AllocationStatus.DRAINING), "" + rig.shards());
        rig.watch = CompletableFuture::completedFuture;
        rig.look(1000);
        assertFalse(has(AllocationStatus.DRAINING), "" + rig.shards());
        assertTrue(has(AllocationStatus.COOLING), "" + rig.shards());
    }

    @Test
    void whatIsNotMadeReadyInTimeIsOrderedAgain() {
        List<CompletableFuture<Void>> unanswered = new ArrayList<>();
        rig.warmer = (subdivision, addresses) -> {
            unanswered.add(new CompletableFuture<>());
            return unanswered.get(unanswered.size() - 1);
        };
        rig.take("web", IPV4, "vm");
        rig.look(1_000);
        int before = unanswered.size();
        rig.look(59_000);
        assertEquals(0, rig.count(EngineReason.WARMING_TIMED_OUT));
        rig.look(1_000);
        assertTrue(rig.count(EngineReason.WARMING_TIMED_OUT) > 0);
        CompletableFuture<HandOut> second = rig.take("web", IPV4, "second");
        rig.look(1_000);
        assertTrue(unanswered.size() > before, "not ordered again");
        unanswered.subList(0, before).forEach(late -> late.complete(null));
        assertFalse(second.isDone(), "a late answer counted");
        unanswered.get(unanswered.size() - 1).complete(null);
        assertInstanceOf(HandOut.Given.class, second.getNow(null));
        unanswered.forEach(late -> late.complete(null));
        rig.look(1_000);
        StockReport report = rig.report("web", IPV4);
        assertEquals(128L, report.warm() + report.inUse() + report.cold() + 16L * (8 - report.shards()), "" + report);
    }

    @Test
    void limitsAreChecked() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> rig.builder()
                        .timeouts(Duration.ofMillis(1), Duration.ofMinutes(1), Duration.ofMinutes(1))
                        .open(0));
        assertTrue(refused.getMessage().startsWith("pushTimeout: "), refused.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> rig.builder()
                        .inventory((subdivision, family) -> new CompletableFuture<>(), Duration.ofMinutes(1))
                        .open(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> rig.builder()
                        .formerSubdivisions(FormerSubdivisions.ADOPT, Duration.ofDays(366))
                        .open(0));
    }
}
