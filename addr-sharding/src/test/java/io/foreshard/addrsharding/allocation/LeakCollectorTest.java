package io.foreshard.addrsharding.allocation;

import static io.foreshard.addrsharding.allocation.AllocatorFixture.pool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeakCollectorTest {

    private static final long GRACE = LeakCollector.MIN_GRACE.toMillis();

    private final AllocatorFixture fixture = new AllocatorFixture(pool("10.0.0.0/16"));
    private final LeakCollector collector = new LeakCollector(fixture.allocator, LeakCollector.MIN_GRACE);

    @Test
    void whatIsUnusedForLongIsGivenBack() {
        Allocation confirmed = fixture.confirm(fixture.assign("blue"));
        fixture.assign("red");
        assertEquals(List.of(), collector.collect(shard -> false, 0));
        assertEquals(List.of(), collector.collect(shard -> false, GRACE - 1));
        List<AllocationStatus> given = collector.collect(shard -> false, GRACE).stream()
                .map(Allocation::status)
                .sorted()
                .toList();
        assertEquals(List.of(AllocationStatus.FREE, AllocationStatus.DRAINING), given);
        assertTrue(fixture.stored.containsKey(confirmed.prefix()));
        assertEquals(List.of(), collector.collect(shard -> false, 10 * GRACE));
    }

    @Test
    void whatIsUsedAgainIsSeenAnew() {
        fixture.confirm(fixture.assign("blue"));
        collector.collect(shard -> false, 0);
        collector.collect(shard -> true, 1000);
        assertEquals(List.of(), collector.collect(shard -> false, GRACE));
        assertEquals(1, collector.collect(shard -> false, 2 * GRACE).size());
    }

    @Test
    void whatChangesMeanwhileIsSeenAnew() {
        Allocation pending = fixture.assign("blue");
        collector.collect(shard -> false, 0);
        fixture.confirm(pending);
        assertEquals(List.of(), collector.collect(shard -> false, GRACE));
    }

    @Test
    void isAskedForOnceMoreRightBefore() {
        fixture.confirm(fixture.assign("blue"));
        collector.collect(shard -> false, 0);
        AtomicInteger asked = new AtomicInteger();
        assertEquals(List.of(), collector.collect(shard -> asked.getAndIncrement() > 0, GRACE));
        assertEquals(2, asked.get());
    }

    @Test
    void aShortGraceIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new LeakCollector(fixture.allocator, Duration.ofMinutes(4)));
    }
}
