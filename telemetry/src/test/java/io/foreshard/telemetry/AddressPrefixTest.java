package io.foreshard.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foreshard.simulator.Property;
import java.math.BigInteger;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPrefixTest {

    @Test
    void bitsBehindThePrefixDoNotMatter() {
        assertEquals(AddressPrefix.parse("10.1.0.0/16"), AddressPrefix.parse("10.1.2.3/16"));
        assertEquals(AddressPrefix.parse("2001:db8::/32"), AddressPrefix.parse("2001:db8:1::5/32"));
        assertEquals(AddressPrefix.parse("::ffff:0:0/96").v6(), true);
        assertEquals("10.1.0.0/16", AddressPrefix.parse("10.1.2.3/16").toString());
        assertEquals("10.1.2.3/32", AddressPrefix.parse("10.1.2.3").toString());
    }

    @Test
    void anAddressIsInsideWhenItsFirstBitsAre() {
        Property.named("contains agrees with a comparison of bits").runs(500).check((random, size) -> {
            int bytes = random.nextBoolean() ? 4 : 16;
            byte[] one = random.bytes(bytes);
            byte[] other = one.clone();
            int bit = random.nextInt(8 * bytes);
            other[bit / 8] ^= (byte) (0x80 >> (bit % 8));
            int length = random.nextInt(8 * bytes + 1);
            AddressPrefix prefix = AddressPrefix.of(InetAddress.getByAddress(one), length);
            assertTrue(prefix.contains(InetAddress.getByAddress(one)));
            boolean same = new BigInteger(1, one)
                    .xor(new BigInteger(1, other))
                    .shiftRight(8 * bytes - length)
                    .equals(BigInteger.ZERO);
            assertEquals(same, prefix.contains(InetAddress.getByAddress(other)));
            assertEquals(prefix, AddressPrefix.parse(prefix.toString()));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "host/8",
                "10.0.0/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "::/129",
                "::/1e1",
                "1.2.3.4/999999"
            })
    void otherTextIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> AddressPrefix.parse(text));
    }
}
