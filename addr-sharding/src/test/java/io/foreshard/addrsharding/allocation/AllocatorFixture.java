package io.foreshard.addrsharding.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationChange;
import io.foreshard.addrsharding.spi.AllocationStatus;
import io.foreshard.addrsharding.spi.RefusalReason;
import io.foreshard.addrsharding.spi.ShardKey;
import io.foreshard.addrsharding.spi.ShardOutcome;
import io.foreshard.addrsharding.spi.ShardRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An allocator, and a store that refuses what a store would. */
final class AllocatorFixture {

    final ContiguousAllocator allocator;
    final List<AllocationChange> changes = new ArrayList<>();
    final Map<Prefix, Allocation> stored = new HashMap<>();
    long nowMillis = 1_000_000;

    AllocatorFixture(ContiguousAllocatorBuilder builder) {
        allocator = builder.listener(this::store).build();
    }

    static ContiguousAllocatorBuilder pool(String prefix) {
        return ContiguousAllocator.builder().pool(Prefix.parse(prefix));
    }

    private void store(AllocationChange change) {
        Allocation now = change.allocation();
        Allocation before = stored.get(now.prefix());
        assertEquals(
                changes.isEmpty()
                        ? change.revision()
                        : changes.get(changes.size() - 1).revision() + 1,
                change.revision());
        assertEquals(before == null ? 0 : before.sequence(), change.expectedSequence());
        changes.add(change);
        if (now.status() == AllocationStatus.FREE) {
            stored.remove(now.prefix());
        } else {
            stored.put(now.prefix(), now);
        }
    }

    ShardOutcome ask(String subdivision, int length) {
        return allocator.assign(new ShardRequest(subdivision, AddressFamily.IPV4, length), nowMillis);
    }

    Allocation assign(String subdivision) {
        return assign(subdivision, 24);
    }

    Allocation assign(String subdivision, int length) {
        return changed(ask(subdivision, length));
    }

    Allocation confirm(Allocation known) {
        return changed(allocator.confirm(ShardKey.of(known), nowMillis));
    }

    Allocation drain(Allocation known) {
        return changed(allocator.drain(ShardKey.of(known), nowMillis));
    }

    Allocation release(Allocation known) {
        return changed(allocator.release(ShardKey.of(known), nowMillis));
    }

    Allocation cool(Allocation known) {
        return release(drain(confirm(known)));
    }

    static Allocation changed(ShardOutcome outcome) {
        return assertInstanceOf(ShardOutcome.Changed.class, outcome).allocation();
    }

    static void assertRefused(RefusalReason reason, ShardOutcome outcome) {
        assertEquals(new ShardOutcome.Refused(reason), outcome);
    }

    static void assertUnchanged(ShardOutcome outcome) {
        assertTrue(outcome instanceof ShardOutcome.Unchanged, () -> "unchanged, not " + outcome);
    }
}
