package io.foreshard.addrsharding.allocation;

import static io.foreshard.addrsharding.allocation.AllocatorFixture.assertRefused;
import static io.foreshard.addrsharding.allocation.AllocatorFixture.pool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.Rebalancing;
import io.foreshard.addrsharding.spi.RefusalReason;
import io.foreshard.addrsharding.spi.SpaceOutlook;
import io.foreshard.addrsharding.spi.SpaceReport.PoolReport;
import io.foreshard.addrsharding.spi.SubdivisionPolicy;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrowthTest {

    private final AllocatorFixture fixture = new AllocatorFixture(pool("10.0.0.0/16")
            .policy("high", new SubdivisionPolicy(Integer.MAX_VALUE, 1, 5))
            .otherPolicy(new SubdivisionPolicy(Integer.MAX_VALUE, 1, 1)));

    @Test
    void whoIsForecastGrowsInOneBlock() {
        expect("blue", 64, 1);
        expect("red", 32, 1);
        for (int i = 0; i < 64; i++) {
            fixture.confirm(fixture.assign("blue"));
            if (i < 32) {
                fixture.confirm(fixture.assign("red"));
            }
        }
        assertEquals(2, report().routes());
        assertEquals(2, report().minimalRoutes());
        assertEquals(0, report().strandedUnits());
    }

    @Test
    void whoIsNotForecastGrowsBesideWhatItHas() {
        for (int i = 0; i < 32; i++) {
            for (String subdivision : List.of("a", "b", "c", "d")) {
                fixture.confirm(fixture.assign(subdivision));
            }
        }
        assertEquals(4, report().routes());
    }

    @Test
    void aForecastThatIsNotTrustedReservesNothing() {
        expect("blue", 64, 0);
        fixture.assign("blue");
        assertEquals(0, report().strandedUnits());
        assertEquals(new Rebalancing(0, 0), fixture.allocator.rebalance());
    }

    @Test
    void smallReservationsGiveWayTogetherToALargeRequest() {
        AllocatorFixture small = new AllocatorFixture(pool("10.0.0.0/20")
                .scarceShare(1)
                .policy("high", new SubdivisionPolicy(Integer.MAX_VALUE, 1, 5))
                .otherPolicy(new SubdivisionPolicy(Integer.MAX_VALUE, 1, 1)));
        for (int i = 0; i < 16; i++) {
            String owner = i < 8 ? "s" + i : "high";
            small.allocator.expect(owner, AddressFamily.IPV4, new SpaceOutlook(i < 8 ? 1 : 8, 1));
        }
        small.allocator.rebalance();
        PoolReport before = small.allocator.report().pools().get(0);
        assertEquals(16, before.strandedUnits(), "" + before);
        Allocation four = small.assign("blue", 22);
        Allocation again = small.assign("blue", 22);
        assertEquals(22, four.prefix().length());
        assertRefused(RefusalReason.OUTRANKED, small.ask("blue", 22));
        assertEquals(22, small.assign("high", 22).prefix().length());
        assertTrue(!four.prefix().overlaps(again.prefix()), four + " " + again);
        assertEquals(0, small.allocator.report().pools().get(0).freeUnits());
    }

    @Test
    void whatIsUsedNeverGivesWay() {
        AllocatorFixture small = new AllocatorFixture(pool("10.0.0.0/22").scarceShare(1));
        for (String owner : List.of("a", "b", "c", "d")) {
            small.allocator.expect(owner, AddressFamily.IPV4, new SpaceOutlook(1, 1));
        }
        small.allocator.rebalance();
        Prefix used = small.assign("a").prefix();
        Prefix pair = small.assign("blue", 23).prefix();
        assertTrue(!pair.contains(used), pair + " " + used);
        assertRefused(RefusalReason.EXHAUSTED, small.ask("other", 22));
    }

    @Test
    void aPoolThatIsNearlyFreeIsHardlyFragmented() {
        fixture.confirm(fixture.assign("a"));
        fixture.confirm(fixture.assign("b"));
        fixture.confirm(fixture.assign("c"));
        PoolReport report = report();
        assertEquals(0, report.fragmentation());
        assertEquals(0, report.unusableShare(24));
        assertTrue(report.unusableShare(20) < 0.2, "" + report);
        assertEquals(1, report.unusableShare(16));
        double before = 0;
        for (int length = 24; length >= 16; length--) {
            assertTrue(report.unusableShare(length) >= before, length + " of " + report);
            before = report.unusableShare(length);
        }
    }

    @Test
    void reservationsAreGivenUpWhenOthersWouldBeRefused() {
        expect("blue", 250, 1);
        fixture.assign("blue");
        assertTrue(report().strandedUnits() > 200);
        IntStream.range(0, 255).forEach(i -> fixture.assign("red"));
        assertRefused(RefusalReason.EXHAUSTED, fixture.ask("red", 24));
    }

    @Test
    void whatIsReservedForAHigherPriorityIsKept() {
        expect("high", 250, 1);
        fixture.assign("high");
        long kept = report().strandedUnits();
        for (int i = 0; i < 255 - kept; i++) {
            fixture.assign("red");
        }
        assertRefused(RefusalReason.OUTRANKED, fixture.ask("red", 24));
        assertEquals(kept, report().strandedUnits());
        fixture.assign("high");
    }

    @Test
    void unitsWithinAReservationAreBorrowedWhereNoHalfIsFree() {
        expect("blue", 256, 1);
        List<Allocation> all =
                IntStream.range(0, 256).mapToObj(i -> fixture.assign("blue")).toList();
        fixture.release(all.get(7));
        fixture.release(all.get(200));
        fixture.assign("red");
        assertEquals(1, report().borrowedUnits());
        fixture.assign("red");
        assertEquals(2, report().borrowedUnits());
        assertRefused(RefusalReason.EXHAUSTED, fixture.ask("red", 24));
    }

    @Test
    void whatIsNoMoreExpectedIsGivenUpAndWhatIsExpectedReserved() {
        expect("blue", 128, 1);
        fixture.assign("blue");
        assertEquals(127, report().strandedUnits());
        expect("blue", 16, 1);
        expect("red", 64, 1);
        Rebalancing rebalancing = fixture.allocator.rebalance();
        assertEquals(new Rebalancing(112, 64), rebalancing);
        assertEquals(15 + 64, report().strandedUnits());
    }

    @Test
    void aReservationMergesAgainWhenItIsReleased() {
        List<Allocation> all =
                IntStream.range(0, 5).mapToObj(i -> fixture.assign("blue")).toList();
        all.forEach(fixture::release);
        assertEquals(256, report().freeUnits());
        assertEquals(0, report().fragmentation());
        assertEquals(Prefix.parse("10.0.0.0/16"), fixture.assign("red", 16).prefix());
    }

    private void expect(String subdivision, double peak, double trust) {
        fixture.allocator.expect(subdivision, AddressFamily.IPV4, new SpaceOutlook(peak, trust));
    }

    private PoolReport report() {
        return fixture.allocator.report().pools().get(0);
    }
}
