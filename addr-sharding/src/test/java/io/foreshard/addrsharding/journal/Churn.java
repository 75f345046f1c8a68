package io.foreshard.addrsharding.journal;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Gives changes as an allocator would, of few prefixes that come and go. */
final class Churn {

    private final Random random;
    private final int prefixes;
    private final Map<Integer, Allocation> living = new TreeMap<>();
    private final long[] floors = new long[2];
    private long millis = 1_000_000;
    private int handles;

    Churn(long seed, int prefixes) {
        this.random = new Random(seed);
        this.prefixes = prefixes;
    }

    List<Allocation> changes(int count) {
        List<Allocation> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(next());
        }
        return changes;
    }

    Allocation next() {
        millis += random.nextInt(1000);
        int index = random.nextInt(prefixes);
        Allocation now = living.get(index);
        Allocation next = now == null ? fresh(index) : change(now);
        if (next.status() == AllocationStatus.FREE) {
            living.remove(index);
            int kind = next.kind().ordinal();
            floors[kind] = Math.max(floors[kind], next.sequence());
        } else {
            living.put(index, next);
        }
        return next;
    }

    private Allocation fresh(int index) {
        boolean isAddress = index % 2 == 0;
        boolean isIpv6 = index % 3 == 0;
        int length = (isIpv6 ? 128 : 32) - (isAddress ? 0 : 8);
        long low = isAddress ? index : (long) index << 8;
        Prefix prefix = isIpv6
                ? new Prefix(AddressFamily.IPV6, 0x20010db8_00000000L, low, length)
                : new Prefix(AddressFamily.IPV4, 0, 0x0a000000L | low, length);
        AllocationKind kind = isAddress ? AllocationKind.ADDRESS : AllocationKind.SHARD;
        String handle = "h" + handles++ + "x".repeat(random.nextInt(40));
        String subdivision = random.nextInt(5) == 0 ? "Zürich" : "tenant-" + random.nextInt(9);
        long sequence = floors[kind.ordinal()] + 1;
        return new Allocation(kind, prefix, subdivision, handle, AllocationStatus.PENDING, sequence, millis);
    }

    private Allocation change(Allocation now) {
        AllocationStatus[] all = AllocationStatus.values();
        AllocationStatus status = all[(now.status().ordinal() + 1) % all.length];
        return new Allocation(
                now.kind(), now.prefix(), now.subdivision(), now.handle(), status, now.sequence() + 1, millis);
    }
}
