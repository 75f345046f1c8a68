package io.foreshard.jmh.addresses;

import io.foreshard.addrsharding.allocation.ContiguousAllocator;
import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.ShardOutcome;
import io.foreshard.addrsharding.spi.ShardRequest;
import io.foreshard.addrsharding.spi.SpaceOutlook;
import java.util.function.IntFunction;

/** Ours, as shipped. */
final class ForeshardPlacement implements GrowthPlacement {

    private static final int UNIT_LENGTH = 24;

    private final Prefix pool;
    private final ContiguousAllocator allocator;

    ForeshardPlacement(Prefix pool, int subdivisions, IntFunction<SpaceOutlook> outlooks) {
        this.pool = pool;
        allocator = ContiguousAllocator.builder()
                .pool(pool)
                .unitLength(AddressFamily.IPV4, UNIT_LENGTH)
                .build();
        for (int i = 0; i < subdivisions; i++) {
            allocator.expect(name(i), AddressFamily.IPV4, outlooks.apply(i));
        }
    }

    private static String name(int subdivision) {
        return "s" + subdivision;
    }

    @Override
    public int grow(int subdivision) {
        ShardOutcome outcome =
                allocator.assign(new ShardRequest(name(subdivision), AddressFamily.IPV4, UNIT_LENGTH), 0);
        if (outcome instanceof ShardOutcome.Changed changed) {
            return (int) pool.indexOf(changed.allocation().prefix());
        }
        throw new IllegalStateException("outcome: " + outcome + " (expected: a shard, as there is room)");
    }
}
