package io.foreshard.addrsharding.engine;

import static io.foreshard.addrsharding.prefix.AddressFamily.IPV4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.prefetch.Prefetcher;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.PushOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Subdivisions that are recorded and not configured any more, or come and go while the engine runs. */
class FormerSubdivisionsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final EngineRig rig = new EngineRig();

    private List<Allocation> give(String subdivision, int machines) {
        return IntStream.range(0, machines)
                .mapToObj(i -> rig.given(subdivision, IPV4, "vm-" + i))
                .toList();
    }

    private void reopenWithout(String subdivision) {
        rig.subdivisions.removeIf(each -> each.subdivision().equals(subdivision));
        rig.restart();
    }

    private Set<Prefix> recordedShards(String subdivision) {
        return rig.recorded(AllocationKind.SHARD).stream()
                .filter(shard -> shard.subdivision().equals(subdivision))
                .map(Allocation::prefix)
                .collect(Collectors.toSet());
    }

    @Test
    void itsMachinesKeepTheirAddressesAndRoutesUntilTheyGiveThemBack() {
        List<Allocation> addresses = give("web", 20);
        reopenWithout("web");
        assertEquals(1, rig.count(EngineReason.SUBDIVISION_RETIRED));
        assertEquals(20, rig.report("web", IPV4).inUse());
        assertTrue(rig.report("web", IPV4).isRetiring());
        assertEquals(
                new HandOut.Refused(HandOutReason.UNKNOWN_SUBDIVISION),
                rig.take("web", IPV4, "new").join());
        rig.look(10_000);
        addresses.forEach(address ->
                assertTrue(rig.announced.stream().anyMatch(shard -> shard.contains(address.prefix())), "" + address));

        addresses.forEach(address -> assertInstanceOf(Release.Done.class, rig.release(address)));
        rig.look(31_000);
        assertTrue(rig.announced.isEmpty(), "" + rig.announced);
        rig.look(31_000);
        rig.look(31_000);
        assertEquals(Set.of(), recordedShards("web"));
        assertEquals(List.of(), rig.recorded(AllocationKind.ADDRESS));
        assertEquals(new Release.Refused(HandOutReason.NOT_HELD), rig.release(addresses.get(0)));
    }

    @Test
    void shardsThatNobodyUsesAreGivenBackAtOnce() {
        rig.given("web", IPV4, "vm");
        rig.release(rig.given("web", IPV4, "vm"));
        rig.look(60_000);
        reopenWithout("web");
        rig.look(1_000);
        rig.look(31_000);
        assertEquals(Set.of(), recordedShards("web"));
        assertTrue(rig.announced.isEmpty(), "" + rig.announced);
    }

    @Test
    void afterTheGraceRoutesGoButNobodyElseGetsWhatIsHeld() {
        List<Allocation> addresses = give("web", 20);
        Set<Prefix> shards = recordedShards("web");
        reopenWithout("web");
        rig.look(1_000);
        rig.look(HOUR.toMillis());
        assertTrue(rig.announced.isEmpty(), "" + rig.announced);
        assertEquals(shards.size(), rig.count(EngineReason.WITHDRAWN_IN_USE));
        rig.look(HOUR.toMillis());
        shards.forEach(
                shard -> assertEquals(AllocationStatus.DRAINING, rig.shards().get(shard)));

        rig.restart();
        assertEquals(20, rig.report("web", IPV4).inUse());
        rig.look(HOUR.toMillis());
        shards.forEach(
                shard -> assertEquals(AllocationStatus.DRAINING, rig.shards().get(shard)));
        addresses.forEach(address -> assertInstanceOf(Release.Done.class, rig.release(address)));
        rig.look(31_000);
        rig.look(31_000);
        assertEquals(Set.of(), recordedShards("web"));
        assertEquals(List.of(), rig.recorded(AllocationKind.ADDRESS));
    }

    @Test
    void restartsDoNotLengthenTheGrace() {
        give("web", 20);
        Set<Prefix> shards = recordedShards("web");
        reopenWithout("web");
        for (int i = 0; i < 5; i++) {
            rig.look(HOUR.toMillis() / 6);
            assertEquals(shards, rig.announced, "after restart " + i);
            rig.restart();
            assertEquals(shards, rig.announced, "after restart " + i);
        }
        assertEquals(0, rig.count(EngineReason.WITHDRAWN_IN_USE));
        rig.look(HOUR.toMillis() / 6);
        assertTrue(rig.announced.isEmpty(), "" + rig.announced);
        assertEquals(shards.size(), rig.count(EngineReason.WITHDRAWN_IN_USE));
        rig.restart();
        rig.look(1_000);
        assertTrue(rig.announced.isEmpty(), "" + rig.announced);
        assertEquals(shards.size(), rig.count(EngineReason.WITHDRAWN_IN_USE));
    }

    @Test
    void oneThatIsConfiguredAgainWithinTheGraceGoesOnAsIfNothingHadBeen() {
        List<Allocation> addresses = give("web", 20);
        Set<Prefix> shards = recordedShards("web");
        List<SubdivisionSettings> before = List.copyOf(rig.subdivisions);
        reopenWithout("web");
        rig.look(HOUR.toMillis() / 2);
        rig.subdivisions.clear();
        rig.subdivisions.addAll(before);
        rig.store.holds = true;
        rig.restart();
        assertEquals(shards, rig.announced);
        assertEquals(shards.size(), rig.report("web", IPV4).shards());
        rig.store.holds = false;
        rig.restart();
        shards.forEach(
                shard -> assertEquals(AllocationStatus.CONFIRMED, rig.shards().get(shard)));
        rig.look(2 * HOUR.toMillis());
        assertEquals(shards, rig.announced);
        assertEquals(20, rig.report("web", IPV4).inUse());
        Allocation fresh = rig.given("web", IPV4, "another");
        assertTrue(shards.stream().anyMatch(shard -> shard.contains(fresh.prefix())), "" + fresh);
        addresses.forEach(address -> assertInstanceOf(Release.Done.class, rig.release(address)));
    }

    @Test
    void oneThatIsConfiguredAgainAfterTheGraceGetsItsRoutesBack() {
        List<Allocation> addresses = give("web", 20);
        List<SubdivisionSettings> before = List.copyOf(rig.subdivisions);
        reopenWithout("web");
        rig.look(1_000);
        rig.look(HOUR.toMillis());
        rig.subdivisions.clear();
        rig.subdivisions.addAll(before);
        rig.restart();
        assertEquals(20, rig.report("web", IPV4).inUse());
        Allocation kept = rig.given("web", IPV4, "vm-3");
        assertEquals(addresses.get(3).prefix(), kept.prefix());
        Allocation fresh = rig.given("web", IPV4, "another");
        assertTrue(rig.announced.stream().anyMatch(shard -> shard.contains(fresh.prefix())), "" + fresh);
        addresses.forEach(address -> assertFalse(address.prefix().equals(fresh.prefix()), "" + fresh));
        addresses.forEach(rig::release);
        rig.look(31_000);
        rig.look(31_000);
        assertEquals(rig.announced, recordedShards("web"));
    }

    @Test
    void oneThatIsAdoptedGoesOnWithWhatItHas() {
        List<Allocation> addresses = give("web", 20);
        rig.more = builder -> builder.formerSubdivisions(FormerSubdivisions.ADOPT, HOUR);
        reopenWithout("web");
        assertFalse(rig.report("web", IPV4).isRetiring());
        assertEquals(addresses.get(0).prefix(), rig.given("web", IPV4, "vm-0").prefix());
        Allocation fresh = rig.given("web", IPV4, "new");
        assertTrue(recordedShards("web").stream().anyMatch(shard -> shard.contains(fresh.prefix())), "" + fresh);
        rig.look(2 * HOUR.toMillis());
        assertEquals(21, rig.report("web", IPV4).inUse());
        assertFalse(rig.announced.isEmpty());
    }

    @Test
    void oneIsRemovedAndAddedWhileTheEngineRuns() {
        List<Allocation> addresses = give("web", 20);
        assertTrue(rig.engine.remove("web", IPV4).toCompletableFuture().join());
        assertFalse(rig.engine.remove("web", IPV4).toCompletableFuture().join());
        assertFalse(rig.engine
                .add(new SubdivisionSettings("web", IPV4, 28, 8))
                .toCompletableFuture()
                .join());
        assertEquals(
                new HandOut.Refused(HandOutReason.UNKNOWN_SUBDIVISION),
                rig.take("web", IPV4, "new").join());
        addresses.forEach(rig::release);
        rig.look(31_000);
        rig.look(31_000);
        assertEquals(Set.of(), recordedShards("web"));
        assertTrue(rig.engine
                .add(new SubdivisionSettings("web", IPV4, 28, 8))
                .toCompletableFuture()
                .join());
        assertEquals(AllocationStatus.CONFIRMED, rig.given("web", IPV4, "new").status());
    }

    @Test
    void oneThatIsRemovedLeavesItsPlaceInTheForecastsToAnother() {
        CompletableFuture<Void> warming = new CompletableFuture<>();
        rig.warmer = (subdivision, addresses) ->
                subdivision.equals("web") ? warming : CompletableFuture.completedFuture(null);
        rig.more = builder ->
                builder.prefetcher(Prefetcher.builder().maxSubdivisions(3).build());
        rig.restart();
        rig.take("web", IPV4, "vm");
        rig.step();
        assertTrue(rig.engine.remove("web", IPV4).toCompletableFuture().join());
        assertTrue(rig.engine
                .add(new SubdivisionSettings("new", IPV4, 28, 8))
                .toCompletableFuture()
                .join());
        warming.complete(null);
        rig.given("new", IPV4, "vm");
        rig.step();
        assertTrue(rig.report("new", IPV4).lastPlan().contains("new"), "" + rig.report("new", IPV4));
    }

    @Test
    void whoWaitsForOneThatIsRemovedIsRefused() {
        rig.routerSays = new PushOutcome.Applied();
        rig.store.holds = true;
        CompletableFuture<HandOut> waits = rig.take("web", IPV4, "vm");
        assertTrue(rig.engine.remove("web", IPV4).toCompletableFuture().join());
        assertEquals(new HandOut.Refused(HandOutReason.UNKNOWN_SUBDIVISION), waits.join());
        rig.store.holds = false;
        rig.store.flush();
        rig.look(31_000);
        rig.look(31_000);
        assertEquals(Set.of(), recordedShards("web"));
        assertTrue(rig.announced.isEmpty(), "" + rig.announced);
    }

    @Test
    void anAddressThatNobodyKnowsOfIsNotTakenBack() {
        Allocation made = new Allocation(
                AllocationKind.ADDRESS,
                Prefix.parse("10.64.0.1/32"),
                "nobody",
                "vm",
                AllocationStatus.CONFIRMED,
                1000,
                0);
        assertEquals(new Release.Refused(HandOutReason.UNKNOWN_SUBDIVISION), rig.release(made));
    }
}
