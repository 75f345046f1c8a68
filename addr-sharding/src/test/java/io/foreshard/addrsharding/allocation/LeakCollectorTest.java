package io.foreshard.addrsharding.allocation;

import static io.foreshard.addrsharding.allocation.AllocatorFixture.pool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.foreshard.addrsharding.spi.Allocation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeakCollectorTest {

    private static final long GRACE = LeakCollector.MIN_GRACE.toMillis();

    private final AllocatorFixture fixture = new AllocatorFixture(pool("10.0.0.0/16"));
    private final LeakCollector collector = new LeakCollector(LeakCollector.MIN_GRACE);

    @Test
    void whatIsUnusedForLongHasLeaked() {
        List<Allocation> unused = List.of(fixture.confirm(fixture.assign("blue")), fixture.assign("red"));
        assertEquals(List.of(), collector.observe(unused, 0));
        assertEquals(List.of(), collector.observe(unused, GRACE - 1));
        assertEquals(unused, collector.observe(unused, GRACE));
        assertEquals(List.of(), collector.observe(List.of(), 10 * GRACE));
    }

    @Test
    void whatIsUsedAgainIsSeenAnew() {
        List<Allocation> unused = List.of(fixture.confirm(fixture.assign("blue")));
        collector.observe(unused, 0);
        collector.observe(List.of(), 1000);
        assertEquals(List.of(), collector.observe(unused, GRACE));
        assertEquals(unused, collector.observe(unused, 2 * GRACE));
    }

    @Test
    void whatChangesMeanwhileIsSeenAnew() {
        Allocation pending = fixture.assign("blue");
        collector.observe(List.of(pending), 0);
        assertEquals(List.of(), collector.observe(List.of(fixture.confirm(pending)), GRACE));
    }

    @Test
    void anOldLookCountsOnce() {
        List<Allocation> unused = List.of(fixture.assign("blue"));
        collector.observe(unused, 0);
        assertEquals(unused, collector.observe(unused, GRACE));
        assertEquals(List.of(), collector.observe(unused, GRACE));
        assertEquals(List.of(), collector.observe(unused, 1));
    }

    @Test
    void aShortGraceIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new LeakCollector(Duration.ofMinutes(4)));
    }
}
