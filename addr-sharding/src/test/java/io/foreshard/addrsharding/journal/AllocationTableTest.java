package io.foreshard.addrsharding.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.addrsharding.prefix.AddressFamily;
import io.foreshard.addrsharding.prefix.Prefix;
import io.foreshard.addrsharding.spi.Allocation;
import io.foreshard.addrsharding.spi.AllocationKind;
import io.foreshard.addrsharding.spi.AllocationStatus;
import java.nio.ByteBuffer;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AllocationTableTest {

    private final ByteBuffer buffer = ByteBuffer.allocate(AllocationCodec.MOST_BYTES);
    private final AllocationTable table = new AllocationTable();

    private void apply(Allocation allocation) {
        AllocationCodec.put(buffer.clear(), allocation);
        assertNull(AllocationCodec.problem(buffer, 0, buffer.position()));
        table.apply(buffer, 0, buffer.position());
    }

    @Test
    void randomChangesGiveTheStateOfAModel() {
        for (long seed = 1; seed <= 4; seed++) {
            table.clear();
            TreeMap<String, Allocation> model = new TreeMap<>();
            Churn churn = new Churn(seed, 5000);
            for (int i = 0; i < 60_000; i++) {
                Allocation next = churn.next();
                apply(next);
                Allocations.put(model, next);
            }
            assertEquals(model, Allocations.state(table), "seed " + seed);
        }
    }

    @Test
    void aPrefixOfEachKindFamilyAndLengthIsAnotherOne() {
        apply(Allocations.shard("10.0.0.0/32", AllocationStatus.PENDING, 1));
        apply(Allocations.shard("10.0.0.0/31", AllocationStatus.PENDING, 1));
        apply(Allocations.shard("::a00:0/128", AllocationStatus.PENDING, 1));
        apply(Allocations.address("10.0.0.0/32", AllocationStatus.PENDING, 1));
        assertEquals(4, table.size());
        apply(Allocations.shard("10.0.0.0/32", AllocationStatus.FREE, 2));
        assertNull(table.standing(Allocations.shard("10.0.0.0/32", AllocationStatus.PENDING, 1)));
        assertEquals(3, Allocations.state(table).size());
    }

    @Test
    void memoryIsUsedAgainAndIsAtMost80BytesForAnAllocation() {
        int count = 100_000;
        for (long round = 0; round < 3; round++) {
            for (int i = 0; i < count; i++) {
                apply(numbered(i, AllocationStatus.CONFIRMED, 2 * round + 1));
            }
            assertEquals(count, table.size());
            double each = (double) table.memoryBytes() / count;
            assertTrue(each <= 80, each + " bytes for each");
            for (int i = 0; i < count; i++) {
                apply(numbered(i, AllocationStatus.FREE, 2 * round + 2));
            }
            assertEquals(0, table.size());
        }
    }

    private static Allocation numbered(int number, AllocationStatus status, long sequence) {
        Prefix prefix = new Prefix(AddressFamily.IPV4, 0, 0x0a000000L + number, 32);
        return new Allocation(
                AllocationKind.ADDRESS, prefix, "tenant-1", "vm-00000000", status, sequence, 1_700_000_000_000L);
    }
}
