package io.foreshard.addrsharding.warm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
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

    private static WarmPool pool(AddressListener listener) {
        return new WarmPool("web", COOLDOWN, 0, listener);
    }

    private static WarmPool pool(int warm) {
        WarmPool pool = pool(AddressListener.NONE);
        pool.warm(pool.add(SHARD), warm);
        return pool;
    }

    private static Lease lease(HandOut handOut) {
        return assertInstanceOf(Lease.class, handOut);
    }

    @Test
    void handsOutEachWarmAddressOnceAndThenNone() {
        WarmPool pool = pool(2);
        assertEquals("10.64.0.0/32", lease(pool.handOut("a", 0)).address().toString());
        assertEquals("10.64.0.1/32", lease(pool.handOut("b", 0)).address().toString());
        assertEquals(HandOut.Missed.NONE_WARM, pool.handOut("c", 0));
        assertEquals(new WarmStatistics(0, 2, 0, 2, 1, 0, 0), pool.statistics());
    }

    @Test
    void aReleasedAddressCoolsBeforeItIsHandedOutAgain() {
        WarmPool pool = pool(1);
        Lease lease = lease(pool.handOut("a", 0));
        assertEquals(ReleaseOutcome.RELEASED, pool.release(lease, 1000));
        assertEquals(HandOut.Missed.ALL_COOLING, pool.handOut("b", 30_999));
        assertEquals(lease.address(), lease(pool.handOut("b", 31_000)).address());
    }

    @Test
    void theLongestIdleAddressComesFirst() {
        WarmPool pool = pool(3);
        Lease a = lease(pool.handOut("a", 0));
        Lease b = lease(pool.handOut("b", 0));
        pool.release(b, 1000);
        pool.release(a, 2000);
        assertEquals("10.64.0.2/32", lease(pool.handOut("c", 60_000)).address().toString());
        assertEquals(b.address(), lease(pool.handOut("c", 60_000)).address());
        assertEquals(a.address(), lease(pool.handOut("c", 60_000)).address());
    }

    @Test
    void aLateReleaseDoesNotFreeAnAddressThatWasHandedOutAgain() {
        WarmPool pool = pool(1);
        Lease first = lease(pool.handOut("a", 0));
        assertEquals(ReleaseOutcome.RELEASED, pool.release(first, 0));
        assertEquals(ReleaseOutcome.RELEASED_BEFORE, pool.release(first, 0));
        Lease second = lease(pool.handOut("b", 40_000));
        assertEquals(ReleaseOutcome.RELEASED_BEFORE, pool.release(first, 50_000));
        assertEquals(HandOut.Missed.NONE_WARM, pool.handOut("c", 100_000));
        assertEquals(ReleaseOutcome.RELEASED, pool.release(second, 100_000));
        assertEquals(2, pool.statistics().lateReleases());
    }

    @Test
    void releaseOfALeaseOfAnotherPoolIsRefused() {
        WarmPool other = pool(AddressListener.NONE);
        other.warm(other.add(Prefix.parse("10.65.0.0/26")), 1);
        Lease foreign = lease(other.handOut("a", 0));
        WarmPool pool = pool(1);
        assertEquals(ReleaseOutcome.FOREIGN, pool.release(foreign, 0));
        assertEquals(ReleaseOutcome.FOREIGN, pool(AddressListener.NONE).release(foreign, 0));
    }

    @Test
    void tellsOfEachChangeWithTheNextSequence() {
        List<Allocation> told = new ArrayList<>();
        WarmPool pool = pool(told::add);
        pool.warm(pool.add(SHARD), 1);
        Lease lease = lease(pool.handOut("vm-1", 5));
        pool.release(lease, 6);
        assertEquals(List.of(1L, 2L), told.stream().map(Allocation::sequence).toList());
        assertEquals(
                List.of(AllocationStatus.CONFIRMED, AllocationStatus.COOLING),
                told.stream().map(Allocation::status).toList());
        assertEquals("vm-1", told.get(1).handle());
    }

    @Test
    void anAddressThatCannotBeRecordedIsNotHandedOut() {
        boolean[] fails = {true};
        WarmPool pool = pool(allocation -> {
            if (fails[0]) {
                throw new IllegalStateException("disk full");
            }
        });
        pool.warm(pool.add(SHARD), 1);
        assertThrows(IllegalStateException.class, () -> pool.handOut("a", 0));
        assertEquals(new WarmStatistics(1, 0, 0, 0, 0, 0, 0), pool.statistics());
        fails[0] = false;
        assertEquals(1, lease(pool.handOut("a", 0)).sequence());
    }

    @Test
    void aReleaseThatCannotBeRecordedKeepsTheAddressOutOfUse() {
        WarmPool pool = pool(allocation -> {
            if (allocation.status() == AllocationStatus.COOLING) {
                throw new IllegalStateException("disk full");
            }
        });
        pool.warm(pool.add(SHARD), 1);
        Lease lease = lease(pool.handOut("a", 0));
        assertThrows(IllegalStateException.class, () -> pool.release(lease, 0));
        assertEquals(HandOut.Missed.NONE_WARM, pool.handOut("b", 100_000));
    }

    @Test
    void retiredAddressesStayColdUntilRewarmed() {
        WarmPool pool = pool(3);
        assertEquals(2, pool.retire(2, 0));
        assertEquals(new WarmStatistics(1, 0, 2, 0, 0, 0, 0), pool.statistics());
        assertEquals(2, pool.rewarm(5));
        assertEquals(3, pool.retire(9, 0));
    }

    @Test
    void aShardIsDroppedOnlyWithoutAddressesInUse() {
        WarmPool pool = pool(2);
        int second = pool.add(Prefix.parse("10.65.0.0/26"));
        pool.warm(second, 2);
        Lease lease = lease(pool.handOut("a", 0));
        assertFalse(pool.drop(0));
        pool.release(lease, 0);
        assertTrue(pool.drop(0));
        assertEquals("10.65.0.0/32", lease(pool.handOut("b", 100_000)).address().toString());
        assertEquals("10.65.0.1/32", lease(pool.handOut("b", 100_000)).address().toString());
        assertEquals(HandOut.Missed.NONE_WARM, pool.handOut("b", 100_000));
        assertEquals(ReleaseOutcome.FOREIGN, pool.release(lease, 0));
        assertThrows(IllegalArgumentException.class, () -> pool.warm(0, 1));
    }

    @Test
    void aShardWarmsNoMoreThanItHoldsAndAnIpv6ShardNoMoreThanAsked() {
        WarmPool pool = pool(0);
        assertEquals(64, pool.warm(0, 100));
        int large = pool.add(Prefix.parse("2001:db8::/48"));
        assertEquals(5, pool.warm(large, 5));
        assertEquals(69, pool.statistics().warm());
    }

    @Test
    void overlappingShardsAreRefused() {
        WarmPool pool = pool(0);
        assertThrows(IllegalArgumentException.class, () -> pool.add(Prefix.parse("10.64.0.32/27")));
    }

    @Test
    void neverHandsOutAnAddressTwiceNorWarmInAnyOrderOfCalls() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        WarmPool pool = pool(AddressListener.NONE);
        pool.add(SHARD);
        pool.add(Prefix.parse("2001:db8::/64"));
        Map<Prefix, Lease> out = new HashMap<>();
        Map<Prefix, Long> freed = new HashMap<>();
        List<Lease> all = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(500);
            switch (random.nextInt(8)) {
                case 0 -> pool.warm(random.nextInt(2), random.nextInt(3));
                case 1 -> pool.retire(random.nextInt(3), now);
                case 2 -> pool.rewarm(random.nextInt(3));
                case 3, 4, 5 -> {
                    if (pool.handOut("x", now) instanceof Lease lease) {
                        assertEquals(null, out.put(lease.address(), lease), "twice, seed " + seed);
                        long idle = now - freed.getOrDefault(lease.address(), Long.MIN_VALUE / 2);
                        assertTrue(idle >= COOLDOWN.toMillis(), "idle for " + idle + ", seed " + seed);
                        all.add(lease);
                    }
                }
                default -> {
                    if (!all.isEmpty()) {
                        Lease lease = all.get(random.nextInt(all.size()));
                        boolean isOut = out.get(lease.address()) == lease;
                        assertEquals(
                                isOut ? ReleaseOutcome.RELEASED : ReleaseOutcome.RELEASED_BEFORE,
                                pool.release(lease, now),
                                "seed " + seed);
                        if (isOut) {
                            out.remove(lease.address());
                            freed.put(lease.address(), now);
                        }
                    }
                }
            }
            assertEquals(out.size(), pool.statistics().inUse(), "seed " + seed);
        }
        assertNotEquals(0, all.size());
    }
}
