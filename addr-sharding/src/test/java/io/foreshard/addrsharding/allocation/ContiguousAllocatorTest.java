package io.foreshard.addrsharding.allocation;

import static io.foreshard.addrsharding.allocation.AllocatorFixture.assertRefused;
import static io.foreshard.addrsharding.allocation.AllocatorFixture.assertUnchanged;
import static io.foreshard.addrsharding.allocation.AllocatorFixture.pool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.RefusalReason;
import io.foreshard.addrsharding.spi.ShardKey;
import io.foreshard.addrsharding.spi.ShardRequest;
import io.foreshard.addrsharding.spi.SubdivisionPolicy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContiguousAllocatorTest {

    private static final long COOLDOWN = 30_000;

    @Test
    void aShardGoesAllTheWayAndEachStepIsTold() {
        AllocatorFixture fixture = new AllocatorFixture(pool("10.0.0.0/16"));
        fixture.cool(fixture.assign("blue"));
        fixture.nowMillis += COOLDOWN;
        assertEquals(1, fixture.allocator.freeCooled(fixture.nowMillis, 10));
        assertEquals(
                List.of(
                        AllocationStatus.PENDING,
                        AllocationStatus.CONFIRMED,
                        AllocationStatus.DRAINING,
                        AllocationStatus.COOLING,
                        AllocationStatus.FREE),
                fixture.changes.stream()
                        .map(change -> change.allocation().status())
                        .toList());
        assertTrue(fixture.stored.isEmpty());
    }

    @Test
    void aPendingShardThatIsReleasedIsFreeAtOnce() {
        AllocatorFixture fixture = new AllocatorFixture(pool("10.0.0.0/24"));
        assertEquals(
                AllocationStatus.FREE, fixture.release(fixture.assign("blue")).status());
        assertEquals(Prefix.parse("10.0.0.0/24"), fixture.assign("red").prefix());
    }

    @Test
    void whatIsConfirmedIsNotReleasedBeforeItDrains() {
        AllocatorFixture fixture = new AllocatorFixture(pool("10.0.0.0/16"));
        Allocation confirmed = fixture.confirm(fixture.assign("blue"));
        assertRefused(RefusalReason.WRONG_STATUS, fixture.allocator.release(ShardKey.of(confirmed), fixture.nowMillis));
        assertEquals(confirmed, fixture.allocator.find(confirmed.handle()));
    }

    @Test
    void repeatedRequestsChangeNothing() {
        AllocatorFixture fixture = new AllocatorFixture(pool("10.0.0.0/16"));
        Allocation pending = fixture.assign("blue");
        ShardKey key = ShardKey.of(pending);
        Allocation confirmed = fixture.confirm(pending);
        assertUnchanged(fixture.allocator.confirm(key, fixture.nowMillis));
        Allocation draining = fixture.drain(confirmed);
        assertUnchanged(fixture.allocator.drain(key, fixture.nowMillis));
        fixture.release(draining);
        assertUnchanged(fixture.allocator.release(key, fixture.nowMillis));
        assertUnchanged(fixture.allocator.drain(key, fixture.nowMillis));
        fixture.allocator.freeCooled(fixture.nowMillis + COOLDOWN, 1);
        assertUnchanged(fixture.allocator.release(key, fixture.nowMillis));
        assertRefused(RefusalReason.STALE, fixture.allocator.confirm(key, fixture.nowMillis));
        assertEquals(5, fixture.changes.size());
    }

    @Test
    void aLateReleaseDoesNotFreeWhatIsAssignedAgain() {
        AllocatorFixture fixture = new AllocatorFixture(pool("10.0.0.0/24"));
        Allocation first = fixture.assign("blue");
        fixture.release(first);
        Allocation second = fixture.confirm(fixture.assign("blue"));
        assertEquals(first.prefix(), second.prefix());
        assertNotEquals(first.handle(), second.handle());
        assertTrue(second.sequence() > first.sequence() + 1);
        assertUnchanged(fixture.allocator.release(ShardKey.of(first), fixture.nowMillis));
        assertEquals(second, fixture.allocator.find(second.handle()));
        assertNull(fixture.allocator.find(first.handle()));
    }

    @Test
    void handlesOfOthersAndOfNobodyAreRefused() {
        AllocatorFixture fixture = new AllocatorFixture(pool("10.0.0.0/16"));
        Allocation blue = fixture.assign("blue");
        assertRefused(
                RefusalReason.FOREIGN_HANDLE,
                fixture.allocator.release(new ShardKey("red", blue.handle(), ShardKey.ANY), fixture.nowMillis));
        for (String handle : List.of(
                "",
                "4",
                "4-",
                "4-0-a000000-18",
                "4-0-a000000-18-",
                "4-0-a000000-18-9999",
                "4-0-b000000-18-1",
                "4-0-a000001-18-1",
                "5-0-a000000-18-1",
                "6-0-0-0-1",
                "4-0-a000000-18-1-1",
                "4--a000000-18-1",
                "4-0-a000000-18-7fffffffffffffff",
                "x".repeat(10_000))) {
            assertRefused(
                    RefusalReason.UNKNOWN_HANDLE,
                    fixture.allocator.release(new ShardKey("blue", handle, ShardKey.ANY), fixture.nowMillis));
        }
    }

    @Test
    void oneThatDrainsMayBeUsedOnByWhoKnowsThatItDoes() {
        AllocatorFixture fixture = new AllocatorFixture(pool("10.0.0.0/16"));
        Allocation draining = fixture.drain(fixture.confirm(fixture.assign("blue")));
        ShardKey any = new ShardKey("blue", draining.handle(), ShardKey.ANY);
        assertRefused(RefusalReason.WRONG_STATUS, fixture.allocator.confirm(any, fixture.nowMillis));
        Allocation again = fixture.confirm(draining);
        assertEquals(AllocationStatus.CONFIRMED, again.status());
        assertEquals(draining.sequence() + 1, again.sequence());
        fixture.release(fixture.drain(again));
        assertRefused(RefusalReason.STALE, fixture.allocator.confirm(ShardKey.of(draining), fixture.nowMillis));
    }

    @Test
    void aStaleSequenceIsRefused() {
        AllocatorFixture fixture = new AllocatorFixture(pool("10.0.0.0/16"));
        Allocation pending = fixture.assign("blue");
        fixture.confirm(pending);
        assertRefused(RefusalReason.STALE, fixture.allocator.drain(ShardKey.of(pending), fixture.nowMillis));
    }

    @Test
    void addressesRestUntilTheCooldownIsOver() {
        AllocatorFixture fixture = new AllocatorFixture(pool("10.0.0.0/24"));
        fixture.cool(fixture.assign("blue"));
        fixture.nowMillis += COOLDOWN - 1;
        assertRefused(RefusalReason.EXHAUSTED, fixture.ask("red", 24));
        fixture.nowMillis++;
        fixture.assign("red");
    }

    @Test
    void refusalsAreTold() {
        AllocatorFixture fixture = new AllocatorFixture(pool("10.0.0.0/22")
                .policy("capped", new SubdivisionPolicy(1, 1, 0))
                .policy("poor", new SubdivisionPolicy(10, 0.25, 0)));
        fixture.assign("capped");
        assertRefused(RefusalReason.CAPPED, fixture.ask("capped", 24));
        Allocation poor = fixture.assign("poor");
        fixture.cool(poor);
        assertRefused(RefusalReason.QUOTA, fixture.ask("poor", 24));
        assertRefused(RefusalReason.FRAGMENTED, fixture.ask("blue", 23));
        fixture.assign("blue");
        fixture.assign("blue");
        assertRefused(RefusalReason.EXHAUSTED, fixture.ask("blue", 24));
        assertRefused(RefusalReason.NO_SUCH_SHARD, fixture.ask("blue", 25));
        assertRefused(RefusalReason.NO_SUCH_SHARD, fixture.ask("blue", 21));
        assertRefused(
                RefusalReason.NO_SUCH_SHARD,
                fixture.allocator.assign(new ShardRequest("blue", AddressFamily.IPV6, 64), fixture.nowMillis));
    }

    @Test
    void thereAreOnlySoManySubdivisions() {
        AllocatorFixture fixture = new AllocatorFixture(pool("10.0.0.0/16").maxSubdivisions(2));
        fixture.assign("a");
        Allocation second = fixture.assign("b");
        assertRefused(RefusalReason.TOO_MANY_SUBDIVISIONS, fixture.ask("c", 24));
        fixture.release(second);
        fixture.assign("c");
    }

    @Test
    void shardsOfSixAreOutOfAHugePool() {
        AllocatorFixture fixture = new AllocatorFixture(pool("2001:db8::/40"));
        ShardRequest request = new ShardRequest("blue", AddressFamily.IPV6, 64);
        Allocation first = AllocatorFixture.changed(fixture.allocator.assign(request, 0));
        Allocation second = AllocatorFixture.changed(fixture.allocator.assign(request, 0));
        assertEquals("2001:db8::/64", first.prefix().toString());
        assertEquals("2001:db8:0:1::/64", second.prefix().toString());
        assertEquals(second, fixture.allocator.find(second.handle()));
    }

    @Test
    void badPoolsAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> ContiguousAllocator.builder().build());
        assertThrows(
                IllegalArgumentException.class,
                () -> pool("10.0.0.0/8").pool(Prefix.parse("10.9.0.0/16")).build());
        assertThrows(IllegalArgumentException.class, () -> pool("10.0.0.0/25").build());
        assertThrows(IllegalArgumentException.class, () -> pool("2001:db8::/32").build());
        assertThrows(
                IllegalArgumentException.class,
                () -> pool("10.0.0.0/8").cooldown(Duration.ofMinutes(21)).build());
        assertThrows(IllegalArgumentException.class, () -> pool("10.0.0.0/8").unitLength(AddressFamily.IPV4, 33));
    }
}
