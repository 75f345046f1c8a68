package io.foreshard.addrsharding.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.foreshard.addrsharding.prefix.Prefix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardHandleTest {

    @ParameterizedTest
    @CsvSource({
        "10.64.3.0/24, 95, 4-0-a400300-18-5f",
        "0.0.0.0/0, 1, 4-0-0-0-1",
        "255.255.255.255/32, 9223372036854775807, 4-0-ffffffff-20-7fffffffffffffff",
        "2001:db8:0:1::/64, 16, 6-20010db800000001-0-40-10",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128, 1, 6-ffffffffffffffff-ffffffffffffffff-80-1"
    })
    void isReadAsItIsWritten(String prefix, long birth, String text) {
        assertEquals(text, ShardHandle.text(Prefix.parse(prefix), birth));
        assertEquals(new ShardHandle(Prefix.parse(prefix), birth), ShardHandle.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "4",
                "4-",
                "4-0-0-0",
                "4-0-0-0-",
                "4-0--0-1",
                "4-0-0-0-1-",
                "4-0-0-0-1-1",
                "5-0-0-0-1",
                "4-1-0-0-1",
                "4-0-1-18-1",
                "4-0-0-21-1",
                "4-0-0-ffffffff00000018-1",
                "4-0-0-g-1",
                "4-0-0-0-10000000000000000",
                "4-0-0-0- 1",
                "6-0-0-81-1"
            })
    void whatIsNoHandleIsNull(String text) {
        assertNull(ShardHandle.parse(text));
    }
}
