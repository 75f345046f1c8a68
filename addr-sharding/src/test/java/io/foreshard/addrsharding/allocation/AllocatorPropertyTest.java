package io.foreshard.addrsharding.allocation;

import static io.foreshard.addrsharding.allocation.AllocatorFixture.pool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.RefusalReason;
import io.foreshard.addrsharding.spi.ShardKey;
import io.foreshard.addrsharding.spi.ShardOutcome;
import io.foreshard.addrsharding.spi.SpaceOutlook;
import io.foreshard.addrsharding.spi.SpaceReport.PoolReport;
import io.foreshard.addrsharding.spi.SubdivisionPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever is asked for, and whatever is foretold: no address is anybody's twice, none is lost, and nobody is refused without need. */
class AllocatorPropertyTest {

    private static final int SUBDIVISIONS = 6;

    @Test
    void anyHistoryKeepsTheSpaceWhole() {
        long seed = new Random().nextLong();
        for (int run = 0; run < 25; run++) {
            new History(new Random(seed + run), "seed " + seed + ", run " + run).live(1_500);
        }
    }

    private static final class History {

        private final Random random;
        private final String seeded;
        private final AllocatorFixture fixture;
        private final Set<String> handles = new HashSet<>();

        History(Random random, String seeded) {
            this.random = random;
            this.seeded = seeded;
            ContiguousAllocatorBuilder builder = pool("10.0.0.0/17");
            if (random.nextBoolean()) {
                builder.pool(Prefix.parse("192.168.0.0/20"));
            }
            for (int i = 0; i < SUBDIVISIONS; i++) {
                builder.policy("s" + i, new SubdivisionPolicy(Integer.MAX_VALUE, 1, random.nextInt(3)));
            }
            fixture = new AllocatorFixture(builder);
        }

        void live(int steps) {
            boolean isFilling = true;
            for (int step = 0; step < steps; step++) {
                isFilling = step % 300 < 200;
                act(isFilling);
                if (step % 100 == 0) {
                    check();
                }
            }
            check();
            checkRestored();
            releaseAll();
        }

        private void act(boolean isFilling) {
            fixture.nowMillis += random.nextInt(2_000);
            String subdivision = "s" + random.nextInt(SUBDIVISIONS);
            switch (random.nextInt(isFilling ? 8 : 14)) {
                case 0, 1, 2, 3, 4 -> assign(subdivision, 24 - Math.max(0, random.nextInt(8) - 4));
                case 5 -> expect(subdivision);
                case 6 -> confirm(random.nextInt(4));
                case 7 -> fixture.allocator.rebalance();
                default -> giveBack();
            }
        }

        private void assign(String subdivision, int length) {
            ShardOutcome outcome = fixture.ask(subdivision, length);
            if (outcome instanceof ShardOutcome.Changed changed) {
                Allocation assigned = changed.allocation();
                assertTrue(handles.add(assigned.handle()), seeded);
                assertEquals(length, assigned.prefix().length(), seeded);
                long overlapping = fixture.stored.keySet().stream()
                        .filter(assigned.prefix()::overlaps)
                        .count();
                assertEquals(1, overlapping, seeded);
            } else if (length == 24) {
                boolean isOutranked = outcome.equals(new ShardOutcome.Refused(RefusalReason.OUTRANKED));
                long free = fixture.allocator.report().pools().stream()
                        .mapToLong(pool -> pool.freeUnits() + (isOutranked ? 0 : pool.strandedUnits()))
                        .sum();
                assertEquals(0, free, seeded + ": " + outcome);
            }
        }

        private void expect(String subdivision) {
            double[] peaks = {
                Double.NaN, -1, 0, 5, 30, 1e9, Double.POSITIVE_INFINITY, Math.exp(random.nextGaussian() + 3)
            };
            fixture.allocator.expect(
                    subdivision,
                    AddressFamily.IPV4,
                    new SpaceOutlook(peaks[random.nextInt(peaks.length)], random.nextInt(3) / 2.0));
        }

        private void confirm(int most) {
            shards(AllocationStatus.PENDING).stream().limit(most).forEach(fixture::confirm);
        }

        private void giveBack() {
            List<Allocation> all = new ArrayList<>(fixture.stored.values());
            if (!all.isEmpty()) {
                Allocation any = all.get(random.nextInt(all.size()));
                fixture.allocator.drain(ShardKey.of(any), fixture.nowMillis);
                fixture.allocator.release(
                        new ShardKey(any.subdivision(), any.handle(), ShardKey.ANY), fixture.nowMillis);
            }
        }

        private List<Allocation> shards(AllocationStatus status) {
            return fixture.stored.values().stream()
                    .filter(shard -> shard.status() == status)
                    .toList();
        }

        private void check() {
            Set<Allocation> shown = new HashSet<>();
            fixture.allocator.forEach(shown::add);
            assertEquals(new HashSet<>(fixture.stored.values()), shown, seeded);
            long taken = 0;
            for (PoolReport pool : fixture.allocator.report().pools()) {
                taken += pool.usedUnits() + pool.coolingUnits();
                assertEquals(
                        pool.units(),
                        pool.usedUnits() + pool.coolingUnits() + pool.strandedUnits() + pool.freeUnits(),
                        seeded);
                assertTrue(pool.routes() >= pool.minimalRoutes(), seeded);
                assertEquals(pool.freeUnits(), pool.availableByLength().get(24), seeded);
            }
            assertEquals(units(fixture.stored.values()), taken, seeded);
        }

        private static long units(Iterable<Allocation> allocations) {
            long units = 0;
            for (Allocation allocation : allocations) {
                units += 1L << (24 - allocation.prefix().length());
            }
            return units;
        }

        private void checkRestored() {
            AllocatorFixture other = new AllocatorFixture(pool("10.0.0.0/17").pool(Prefix.parse("192.168.0.0/20")));
            other.allocator.restore(fixture.stored.values(), fixture.allocator.revision());
            other.stored.putAll(fixture.stored);
            Set<Allocation> shown = new HashSet<>();
            other.allocator.forEach(shown::add);
            assertEquals(new HashSet<>(fixture.stored.values()), shown, seeded);
            other.nowMillis = fixture.nowMillis;
            ShardOutcome outcome = other.ask("new", 24);
            if (outcome instanceof ShardOutcome.Changed changed) {
                assertTrue(handles.add(changed.allocation().handle()), seeded);
            }
        }

        private void releaseAll() {
            while (!fixture.stored.isEmpty()) {
                confirm(Integer.MAX_VALUE);
                shards(AllocationStatus.CONFIRMED).forEach(fixture::drain);
                shards(AllocationStatus.DRAINING).forEach(fixture::release);
                fixture.nowMillis += 30_000;
                fixture.allocator.freeCooled(fixture.nowMillis, Integer.MAX_VALUE);
            }
            for (int i = 0; i < SUBDIVISIONS; i++) {
                fixture.allocator.expect("s" + i, AddressFamily.IPV4, SpaceOutlook.UNKNOWN);
            }
            fixture.allocator.rebalance();
            for (PoolReport pool : fixture.allocator.report().pools()) {
                assertEquals(pool.units(), pool.freeUnits(), seeded);
                assertEquals(0, pool.fragmentation(), seeded);
            }
        }
    }
}
