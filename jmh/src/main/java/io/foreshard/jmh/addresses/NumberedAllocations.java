package io.foreshard.jmh.addresses;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;

/** Allocations of single addresses, one for each number, with names as long as usual. */
final class NumberedAllocations {

    private static final long BASE = 0x0a000000L;
    private static final long START_MILLIS = 1_750_000_000_000L;
    private static final int SUBDIVISIONS = 64;

    private NumberedAllocations() {}

    static Allocation get(int number) {
        return new Allocation(
                AllocationKind.ADDRESS,
                new Prefix(AddressFamily.IPV4, 0, BASE + number, AddressFamily.IPV4.bits()),
                "tenant-" + number % SUBDIVISIONS,
                "vm-" + Integer.toHexString(number | 1 << 28),
                AllocationStatus.CONFIRMED,
                1,
                START_MILLIS + number);
    }
}
