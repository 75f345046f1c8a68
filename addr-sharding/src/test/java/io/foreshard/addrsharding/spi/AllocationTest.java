package io.foreshard.addrsharding.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.foreshard.addrsharding.prefix.Prefix;
import org.junit.jupiter.api.Test;

class AllocationTest {

    @Test
    void isReadableAsJsonWhateverItsNamesAre() {
        Allocation shard = new Allocation(
                AllocationKind.SHARD,
                Prefix.parse("10.0.0.0/24"),
                "a \"b\"\\\n",
                "4-0",
                AllocationStatus.CONFIRMED,
                7,
                1_000);
        assertEquals(
                "{\"kind\":\"SHARD\",\"prefix\":\"10.0.0.0/24\",\"log2Size\":8,"
                        + "\"subdivision\":\"a \\\"b\\\"\\\\\\u000a\",\"handle\":\"4-0\",\"status\":\"CONFIRMED\","
                        + "\"sequence\":7,\"since\":\"1970-01-01T00:00:01Z\"}",
                shard.json());
    }

    @Test
    void anAllocationOfAnAddressIsNoRange() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Allocation(
                        AllocationKind.ADDRESS,
                        Prefix.parse("10.0.0.0/24"),
                        "web",
                        "vm",
                        AllocationStatus.CONFIRMED,
                        1,
                        0));
    }
}
