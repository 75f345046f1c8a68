package io.foreshard.addrsharding.engine;

import static io.foreshard.addrsharding.prefix.AddressFamily.IPV4;
import static io.foreshard.addrsharding.prefix.AddressFamily.IPV6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.demand.ExternalEvent;
import io.foreshard.addrsharding.prefetch.Prefetcher;
import io.foreshard.addrsharding.prefetch.SpecifiedPrefetch;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.PushOutcome;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AddressSharderTest {

    private final EngineRig rig = new EngineRig();

    @Test
    void theFirstRequestGetsAnAddressOfAShardThatIsRecordedAndAnnounced() {
        Allocation address = rig.given("web", IPV4, "vm-1");

        assertEquals(AllocationStatus.CONFIRMED, address.status());
        assertEquals(List.of(address), rig.recorded(AllocationKind.ADDRESS));
        Allocation shard = rig.recorded(AllocationKind.SHARD).get(0);
        assertEquals(AllocationStatus.CONFIRMED, shard.status());
        assertTrue(shard.prefix().contains(address.prefix()), shard + " " + address);
        assertEquals(Set.of(shard.prefix()), rig.announced);
    }

    @Test
    void nothingIsToldBeforeItIsRecorded() {
        rig.given("web", IPV4, "first");
        rig.look(1000);
        rig.store.holds = true;
        CompletableFuture<HandOut> answer = rig.take("web", IPV4, "second");
        rig.look(1000);
        assertFalse(answer.isDone());
        rig.store.flush();
        rig.store.holds = false;
        rig.look(1000);
        assertInstanceOf(HandOut.Given.class, answer.join());
    }

    @Test
    void theSameHandleIsGivenTheSameAddress() {
        Allocation once = rig.given("web", IPV4, "vm");
        Allocation again = rig.given("web", IPV4, "vm");
        assertEquals(once.prefix(), again.prefix());
        assertEquals(once.sequence(), again.sequence());
        assertNotEquals(once.prefix(), rig.given("web", IPV4, "other").prefix());
    }

    @Test
    void bothFamiliesAreServed() {
        assertEquals(32, rig.given("db", IPV4, "vm").prefix().length());
        assertEquals(128, rig.given("db", IPV6, "vm").prefix().length());
    }

    @Test
    void aReleasedAddressRestsAndALateReleaseDoesNoHarm() {
        Allocation first = rig.given("web", IPV4, "a");
        assertInstanceOf(Release.Done.class, rig.release(first));
        assertEquals(new Release.Refused(HandOutReason.NOT_HELD), rig.release(first));

        Set<Prefix> others = new HashSet<>();
        IntStream.range(0, 40)
                .forEach(i -> others.add(rig.given("web", IPV4, "other-" + i).prefix()));
        assertEquals(40, others.size());
        assertFalse(others.contains(first.prefix()), "handed out again within its cooldown");

        rig.look(31_000);
        IntStream.range(0, 80)
                .forEach(i -> others.add(rig.given("web", IPV4, "later-" + i).prefix()));
        assertTrue(others.contains(first.prefix()), "never handed out again");
        assertEquals(new Release.Refused(HandOutReason.NOT_HELD), rig.release(first));
        assertEquals(120, rig.report("web", IPV4).inUse());
    }

    @Test
    void aSubdivisionGetsNoMoreShardsThanItMay() {
        for (int i = 0; i < 64; i++) {
            rig.given("db", IPV4, "vm-" + i);
        }
        CompletableFuture<HandOut> oneTooMany = rig.take("db", IPV4, "one too many");
        rig.look(1000);
        assertFalse(oneTooMany.isDone());
        assertEquals(4, rig.report("db", IPV4).shards());
        rig.look(31_000);
        assertEquals(new HandOut.Refused(HandOutReason.TIMED_OUT), oneTooMany.join());
        assertEquals(1L, rig.reasons.get("TIMED_OUT"));
    }

    @Test
    void theBacklogIsBounded() {
        rig.store.holds = true;
        List<CompletableFuture<HandOut>> answers = IntStream.range(0, 130)
                .mapToObj(i -> rig.take("web", IPV4, "vm-" + i))
                .toList();
        long refused = answers.stream().filter(CompletableFuture::isDone).count();
        assertEquals(30, refused);
        assertEquals(30L, rig.reasons.get("BACKLOG_FULL"));
    }

    @Test
    void whatTheStoreCannotRecordIsRefusedAndGivenToTheNext() {
        Allocation first = rig.given("web", IPV4, "first");
        rig.look(1000);
        rig.given("web", IPV4, "second");
        rig.step();
        long warm = rig.report("web", IPV4).warm();
        assertTrue(warm > 0, "warm " + warm);
        rig.store.isAway = true;
        assertEquals(
                new HandOut.Refused(HandOutReason.STORE_AWAY),
                rig.take("web", IPV4, "third").join());
        assertEquals(new Release.Refused(HandOutReason.STORE_AWAY), rig.release(first));
        rig.store.isAway = false;
        rig.given("web", IPV4, "third");
        assertInstanceOf(Release.Done.class, rig.release(first));
    }

    @Test
    void shardsThatNobodyUsesAreWithdrawnBeforeTheyAreGivenBack() {
        List<Allocation> addresses = IntStream.range(0, 100)
                .mapToObj(i -> rig.given("web", IPV4, "vm-" + i))
                .toList();
        assertTrue(rig.announced.size() >= 7, "" + rig.announced);
        addresses.forEach(rig::release);
        rig.routerSays = new PushOutcome.Unreachable("away");
        rig.store.changes.clear();
        for (int i = 0; i < 400; i++) {
            rig.step();
        }
        assertTrue(rig.store.changes.stream().anyMatch(change -> change.status() == AllocationStatus.DRAINING));
        assertFalse(rig.store.changes.stream()
                .anyMatch(change ->
                        change.kind() == AllocationKind.SHARD && change.status() == AllocationStatus.COOLING));

        rig.routerSays = new PushOutcome.Applied();
        rig.step();
        List<Allocation> cooling = rig.recorded(AllocationKind.SHARD).stream()
                .filter(shard -> shard.status() == AllocationStatus.COOLING)
                .toList();
        assertFalse(cooling.isEmpty());
        cooling.forEach(shard -> assertFalse(rig.announced.contains(shard.prefix()), "" + shard));
        rig.step();
        rig.step();
        assertTrue(rig.recorded(AllocationKind.SHARD).size() <= 2, "" + rig.recorded(AllocationKind.SHARD));
        assertTrue(rig.recorded(AllocationKind.ADDRESS).size() <= 32, "" + rig.recorded(AllocationKind.ADDRESS));
    }

    @Test
    void whatWasGivenIsThereAfterARestart() {
        List<Allocation> before = IntStream.range(0, 20)
                .mapToObj(i -> rig.given("web", IPV4, "vm-" + i))
                .toList();
        rig.release(before.get(3));
        rig.restart();
        assertEquals(19, rig.report("web", IPV4).inUse());
        assertEquals(before.get(5).prefix(), rig.given("web", IPV4, "vm-5").prefix());
        Set<Prefix> taken = new HashSet<>();
        IntStream.range(20, 60)
                .forEach(i ->
                        assertTrue(taken.add(rig.given("web", IPV4, "vm-" + i).prefix())));
        before.forEach(address -> assertFalse(taken.contains(address.prefix()), "" + address));
        assertEquals(rig.recorded(AllocationKind.SHARD).size(), rig.announced.size());
    }

    @Test
    void whoWaitsIsRefusedWhenItIsClosed() {
        rig.store.holds = true;
        CompletableFuture<HandOut> waits = rig.take("web", IPV4, "vm");
        rig.engine.close();
        assertEquals(new HandOut.Refused(HandOutReason.CLOSED), waits.join());
        assertEquals(
                new HandOut.Refused(HandOutReason.CLOSED),
                rig.take("web", IPV4, "later").join());
    }

    @Test
    void mistakesOfTheConfigurationAreToldAtOnce() {
        assertEquals(
                new HandOut.Refused(HandOutReason.UNKNOWN_SUBDIVISION),
                rig.take("nobody", IPV4, "vm").join());
        IllegalArgumentException twice = assertThrows(
                IllegalArgumentException.class,
                () -> rig.builder()
                        .subdivision(new SubdivisionSettings("web", IPV4, 28, 1))
                        .open(0));
        assertEquals("subdivision: web IPV4 (expected: each once)", twice.getMessage());
    }

    @Test
    void whatAnEventAddsIsWarmBeforeItBegins() {
        long begin = rig.nowMillis + 3 * EngineRig.STEP_MILLIS;
        rig.engine = rig.builder()
                .event("web", new ExternalEvent("campaign", begin, begin + 3_600_000, 1, 60))
                .open(rig.nowMillis)
                .toCompletableFuture()
                .join();
        rig.given("web", IPV4, "vm");
        rig.step();
        assertTrue(rig.report("web", IPV4).warm() < 30, "" + rig.report("web", IPV4));
        rig.step();
        rig.look(1000);
        StockReport before = rig.report("web", IPV4);
        assertTrue(before.warm() >= 60, "" + before);
        assertTrue(before.lastPlan().contains("event campaign"), before.lastPlan());
    }

    @Test
    void theSpecifiedRuleKeepsOneAddressForEachMachineThatIsExpected() {
        rig.engine = rig.builder()
                .prefetcher(Prefetcher.builder().policy(new SpecifiedPrefetch()).build())
                .open(rig.nowMillis)
                .toCompletableFuture()
                .join();
        assertFalse(rig.take("web", IPV4, "vm").isDone(), "nothing is foreseen yet");
        rig.step();
        assertTrue(
                rig.report("web", IPV4).lastPlan().contains("SPECIFIED"),
                rig.report("web", IPV4).lastPlan());
    }

    @Test
    void routersThatFailHoldNobodyUp() {
        boolean[] fails = {true};
        rig.engine = rig.builder()
                .routers(shards -> {
                    if (fails[0]) {
                        throw new IllegalStateException("no plan");
                    }
                    return CompletableFuture.failedFuture(new IllegalStateException("no answer"));
                })
                .open(rig.nowMillis)
                .toCompletableFuture()
                .join();
        rig.given("web", IPV4, "a");
        fails[0] = false;
        rig.given("db", IPV4, "b");
        assertEquals(1, rig.report("db", IPV4).shards());
    }
}
