package io.foreshard.addrsharding.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WarmPoolTest {

    private static final Duration COOLDOWN = Duration.ofSeconds(30);
    private static final Prefix SHARD = Prefix.parse("10.64.0.0/26");
    private static final Prefix OTHER = Prefix.parse("10.65.0.0/26");

    private long floor;
    private final WarmPool pool = new WarmPool("web", COOLDOWN, 0, () -> floor);

    private void warm(Prefix shard, int count) {
        pool.add(shard);
        pool.ready(pool.prepare(count));
    }

    private Allocation given(String handle, long nowMillis) {
        WarmOutcome.Handed handed = assertInstanceOf(WarmOutcome.Handed.class, pool.handOut(handle, nowMillis));
        pool.recorded(handed.address());
        return handed.address();
    }

    private Allocation giveBack(Allocation address, long nowMillis) {
        Allocation released = pool.release(address, nowMillis);
        assertNotNull(released, "" + address);
        pool.released(released);
        return released;
    }

    @Test
    void handsOutEachWarmAddressOnceAndThenNone() {
        warm(SHARD, 2);
        assertEquals("10.64.0.0/32", given("a", 0).prefix().toString());
        assertEquals("10.64.0.1/32", given("b", 0).prefix().toString());
        assertEquals(WarmOutcome.Missed.NONE_WARM, pool.handOut("c", 0));
        assertEquals(new WarmStatistics(0, 0, 2, 62, 2, 1, 0, 0), pool.statistics(0));
    }

    @Test
    void aReleasedAddressCoolsBeforeItIsHandedOutAgain() {
        warm(SHARD, 1);
        Allocation address = given("a", 0);
        giveBack(address, 1000);
        assertEquals(WarmOutcome.Missed.ALL_COOLING, pool.handOut("b", 30_999));
        assertEquals(address.prefix(), given("b", 31_000).prefix());
    }

    @Test
    void theLongestIdleAddressComesFirst() {
        warm(SHARD, 3);
        Allocation a = given("a", 0);
        Allocation b = given("b", 0);
        giveBack(b, 1000);
        giveBack(a, 2000);
        assertEquals("10.64.0.2/32", given("c", 60_000).prefix().toString());
        assertEquals(b.prefix(), given("d", 60_000).prefix());
        assertEquals(a.prefix(), given("e", 60_000).prefix());
    }

    @Test
    void aLateReleaseDoesNotFreeAnAddressThatWasHandedOutAgain() {
        warm(SHARD, 1);
        Allocation first = given("a", 0);
        giveBack(first, 0);
        assertNull(pool.release(first, 0));
        Allocation second = given("a", 40_000);
        assertEquals(first.prefix(), second.prefix());
        assertNull(pool.release(first, 50_000));
        assertEquals(WarmOutcome.Missed.NONE_WARM, pool.handOut("c", 100_000));
        giveBack(second, 100_000);
        assertEquals(2, pool.statistics(100_000).lateReleases());
    }

    @Test
    void releaseOfAnAddressOfAnotherPoolIsRefused() {
        warm(SHARD, 1);
        WarmPool other = new WarmPool("db", COOLDOWN, 0, () -> 0);
        other.add(OTHER);
        other.ready(other.prepare(1));
        WarmOutcome.Handed foreign = assertInstanceOf(WarmOutcome.Handed.class, other.handOut("a", 0));
        given("a", 0);
        assertNull(pool.release(foreign.address(), 0));
        assertEquals(1, pool.statistics(0).inUse());
    }

    @Test
    void theSequenceGrowsWithEachChangeAndBeginsAboveTheFloor() {
        warm(SHARD, 1);
        floor = 41;
        Allocation given = given("vm-1", 5);
        Allocation released = giveBack(given, 6);
        floor = 1000;
        assertEquals(42, given.sequence());
        assertEquals(43, released.sequence());
        assertEquals(AllocationStatus.COOLING, released.status());
        assertEquals(44, given("vm-2", 100_000).sequence());
    }

    @Test
    void whatCouldNotBeRecordedIsAsIfItHadNeverBeen() {
        warm(SHARD, 3);
        WarmOutcome.Handed failed = assertInstanceOf(WarmOutcome.Handed.class, pool.handOut("a", 0));
        assertEquals(WarmOutcome.Missed.ON_ITS_WAY, pool.handOut("a", 0));
        pool.undo(failed.address());
        floor = 7;
        assertEquals(1, pool.statistics(0).hits());
        assertNotEquals(failed.address().prefix(), given("a", 0).prefix());
        assertEquals(8, given("c", 0).sequence());

        Allocation held = given("b", 0);
        Allocation unrecorded = pool.release(held, 0);
        assertNotNull(unrecorded);
        assertEquals(WarmOutcome.Missed.ON_ITS_WAY, pool.handOut("b", 0));
        pool.undoRelease(unrecorded);
        assertEquals(held, given("b", 0));
        giveBack(held, 0);
    }

    @Test
    void retiredAddressesStayColdUntilTheyArePreparedAgain() {
        warm(SHARD, 3);
        assertEquals(2, pool.retire(2, 0));
        assertEquals(1, pool.statistics(0).warm());
        List<Prefix> again = pool.prepare(2);
        assertEquals(1, pool.statistics(0).warm());
        pool.ready(again);
        assertEquals(3, pool.retire(9, 0));
    }

    @Test
    void aShardIsDroppedOnlyWithoutAddressesOut() {
        warm(SHARD, 2);
        pool.add(OTHER);
        Allocation address = given("a", 0);
        assertNull(pool.drop(SHARD, 0));
        giveBack(address, 0);
        assertNull(pool.drop(SHARD, COOLDOWN.toMillis() - 1), "who gets the shard next would hand it out too early");
        List<Allocation> ended = pool.drop(SHARD, COOLDOWN.toMillis());
        assertNotNull(ended);
        assertEquals(List.of(3L), ended.stream().map(Allocation::sequence).toList());
        assertEquals(AllocationStatus.FREE, ended.get(0).status());
        assertEquals(WarmOutcome.Missed.NONE_WARM, pool.handOut("b", 100_000));
        assertThrows(IllegalArgumentException.class, () -> pool.drop(SHARD, 0));
        pool.add(SHARD);
        assertEquals(128, pool.statistics(0).cold());
    }

    @Test
    void aShardWarmsNoMoreThanItHoldsAndAnIpv6ShardNoMoreThanAsked() {
        pool.add(SHARD);
        assertEquals(64, pool.prepare(100).size());
        pool.add(Prefix.parse("2001:db8::/48"));
        List<Prefix> five = pool.prepare(5);
        assertEquals("2001:db8::4/128", five.get(4).toString());
    }

    @Test
    void overlappingShardsAreRefused() {
        pool.add(SHARD);
        assertThrows(IllegalArgumentException.class, () -> pool.add(Prefix.parse("10.64.0.32/27")));
        assertThrows(IllegalArgumentException.class, () -> pool.add(Prefix.parse("10.64.0.0/16")));
    }

    @Test
    void whatIsRestoredIsOutOrCools() {
        warm(SHARD, 8);
        Allocation held = given("held", 0);
        Allocation late = given("late", 0);
        giveBack(given("early", 0), 1000);
        giveBack(late, 2000);

        WarmPool restored = new WarmPool("web", COOLDOWN, 10_000, () -> 0);
        restored.add(SHARD);
        restored.restore(new Allocation(
                held.kind(), Prefix.parse("10.64.0.2/32"), "web", "early", AllocationStatus.COOLING, 2, 1000));
        restored.restore(new Allocation(held.kind(), late.prefix(), "web", "late", AllocationStatus.COOLING, 2, 2000));
        restored.restore(held);
        restored.restored();
        assertEquals(new WarmStatistics(0, 2, 1, 61, 0, 0, 0, 0), restored.statistics(10_000));
        assertEquals(held, ((WarmOutcome.Handed) restored.handOut("held", 0)).address());
        WarmOutcome.Handed next = assertInstanceOf(WarmOutcome.Handed.class, restored.handOut("new", 31_500));
        assertEquals("10.64.0.2/32", next.address().prefix().toString());
        assertEquals(3, next.address().sequence());
    }

    @Test
    void neverHandsOutAnAddressTwiceNorBeforeItHasCooledInAnyOrderOfCalls() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        pool.add(SHARD);
        pool.add(Prefix.parse("2001:db8::/64"));
        Map<Prefix, Allocation> out = new HashMap<>();
        Map<Prefix, Long> freed = new HashMap<>();
        List<Allocation> all = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(500);
            switch (random.nextInt(8)) {
                case 0 -> pool.ready(pool.prepare(random.nextInt(3)));
                case 1 -> pool.retire(random.nextInt(3), now);
                case 2 -> pool.unready(pool.prepare(random.nextInt(3)));
                case 3, 4, 5 -> {
                    if (pool.handOut("vm-" + i, now) instanceof WarmOutcome.Handed handed) {
                        Allocation address = handed.address();
                        pool.recorded(address);
                        assertNull(out.put(address.prefix(), address), "twice, seed " + seed);
                        long idle = now - freed.getOrDefault(address.prefix(), Long.MIN_VALUE / 2);
                        assertTrue(idle >= COOLDOWN.toMillis(), "idle for " + idle + ", seed " + seed);
                        all.add(address);
                    }
                }
                default -> {
                    if (!all.isEmpty()) {
                        Allocation address = all.get(random.nextInt(all.size()));
                        boolean isOut = address.equals(out.get(address.prefix()));
                        Allocation released = pool.release(address, now);
                        assertEquals(isOut, released != null, "seed " + seed);
                        if (released != null) {
                            pool.released(released);
                            out.remove(address.prefix());
                            freed.put(address.prefix(), now);
                        }
                    }
                }
            }
            assertEquals(out.size(), pool.statistics(now).inUse(), "seed " + seed);
        }
        assertNotEquals(0, all.size());
    }

    @Test
    void excludedAddressesAreNeverWarmAlsoAfterARestore() {
        ExcludedAddresses excluded = ExcludedAddresses.NONE
                .andEnds(1, 1)
                .and(Prefix.parse("10.64.0.4/30"))
                .and(Prefix.parse("10.64.0.5/32"))
                .and(Prefix.parse("2001:db8::/64"));
        WarmPool some = new WarmPool("web", COOLDOWN, 0, () -> 0, excluded);
        some.add(SHARD);
        assertEquals(58, some.statistics(0).cold());
        List<Prefix> prepared = some.prepare(100);
        assertEquals(58, prepared.size());
        for (String left : List.of("10.64.0.0/32", "10.64.0.4/32", "10.64.0.7/32", "10.64.0.63/32")) {
            assertTrue(!prepared.contains(Prefix.parse(left)), left + " in " + prepared);
        }
        assertEquals(0, some.statistics(0).cold());

        WarmPool again = new WarmPool("web", Duration.ZERO, 0, () -> 0, excluded);
        again.add(SHARD);
        again.restore(address("10.64.0.5/32", AllocationStatus.COOLING, 4));
        again.restore(address("10.64.0.9/32", AllocationStatus.CONFIRMED, 4));
        again.restored();
        assertEquals(57, again.statistics(0).cold());
        assertEquals(57, again.prepare(100).size());
    }

    @Test
    void whoHasAnExcludedAddressKeepsItAndNobodyGetsItNext() {
        WarmPool again = new WarmPool("web", Duration.ZERO, 0, () -> 0, ExcludedAddresses.NONE.andEnds(1, 0));
        again.add(SHARD);
        Allocation gateway = address("10.64.0.0/32", AllocationStatus.CONFIRMED, 4);
        again.restore(gateway);
        again.restored();
        WarmOutcome.Handed same = assertInstanceOf(WarmOutcome.Handed.class, again.handOut(gateway.handle(), 0));
        assertEquals(gateway.prefix(), same.address().prefix());
        Allocation released = again.release(gateway, 0);
        assertNotNull(released);
        again.released(released);
        assertEquals(new WarmStatistics(0, 0, 0, 63, 0, 0, 0, 0), again.statistics(1));
        List<Allocation> ended = again.drop(SHARD, 1);
        assertNotNull(ended);
        assertEquals(List.of(6L), ended.stream().map(Allocation::sequence).toList());
    }

    @Test
    void aClosedShardHandsNothingOutAndTakesBackWhatWasOut() {
        warm(SHARD, 3);
        Allocation first = given("a", 0);
        Allocation second = given("b", 0);
        List<Prefix> prepared = pool.prepare(1);
        pool.close(SHARD);
        pool.ready(prepared);
        pool.undo(second);
        assertEquals(WarmOutcome.Missed.NONE_WARM, pool.handOut("c", 0));
        assertEquals(0, pool.statistics(0).cold());
        giveBack(first, 0);
        assertNull(pool.drop(SHARD, 0));
        giveBack(second, 0);
        List<Allocation> ended = pool.drop(SHARD, 100_000);
        assertNotNull(ended);
        assertEquals(2, ended.size());
        pool.add(SHARD);
        assertEquals(64, pool.statistics(0).cold());
    }

    private static Allocation address(String prefix, AllocationStatus status, long sequence) {
        return new Allocation(AllocationKind.ADDRESS, Prefix.parse(prefix), "web", "vm-" + prefix, status, sequence, 0);
    }
}
