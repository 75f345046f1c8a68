package io.foreshard.addrsharding.prefix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"0.0.0.0/0", "10.64.0.0/16", "192.0.2.255/32", "::/0", "2001:db8::/48", "::1/128", "fe80::/10"})
    void isPrintedAsItIsParsed(String text) {
        assertEquals(text, Prefix.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0/",
                "10.0.0.0/33",
                "::/129",
                "10.0.0/8",
                "10.0.0.0/+8",
                "10.0.0.0/08",
                "localhost/8",
                "fe80::1%eth0/128",
                "[::1]/128",
                "10.0.0.0/8/8",
                "10.0.0.0/ 8",
                "10.0.0.0/-1"
            })
    void whatIsNoPrefixIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Prefix.parse(text));
    }

    @Test
    void hostBitsAreRefusedWithWhatWasMeant() {
        String message = assertThrows(IllegalArgumentException.class, () -> Prefix.parse("10.65.3.0/20"))
                .getMessage();
        assertEquals("prefix: 10.65.3.0/20 (expected: no host bits, as in 10.65.0.0/20)", message);
        assertThrows(IllegalArgumentException.class, () -> Prefix.parse("2001:db8::1/64"));
        assertThrows(IllegalArgumentException.class, () -> Prefix.parse("2001:db8:1::/32"));
    }

    @Test
    void agreesWithArithmeticOnBigIntegers() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            AddressFamily family = random.nextBoolean() ? AddressFamily.IPV4 : AddressFamily.IPV6;
            Prefix prefix = random(random, family);
            int partLength = prefix.length() + random.nextInt(prefix.log2Size() + 1);
            long index =
                    partLength == prefix.length() ? 0 : random.nextLong() & (1L << (partLength - prefix.length())) - 1;
            Prefix part = prefix.part(partLength, index);
            String seeded = "seed " + seed + ": " + prefix + ", " + part;
            BigInteger expected = base(prefix).add(BigInteger.valueOf(index).shiftLeft(family.bits() - partLength));
            assertEquals(expected, base(part), seeded);
            assertEquals(index, prefix.indexOf(part), seeded);
            assertTrue(prefix.contains(part) && prefix.overlaps(part), seeded);
            assertEquals(partLength == prefix.length(), part.contains(prefix), seeded);
            if (part.length() > 0) {
                assertFalse(part.sibling().overlaps(part), seeded);
                assertEquals(part.parent(), part.sibling().parent(), seeded);
                assertEquals(
                        List.of(part, part.sibling()).stream().sorted().toList(),
                        part.parent().halves(),
                        seeded);
            }
            assertEquals(part, Prefix.parse(part.toString()), seeded);
        }
    }

    @Test
    void ordersByBaseAndThenByLength() {
        List<Prefix> ordered = Stream.of("10.0.0.0/8", "10.0.0.0/16", "10.1.0.0/16", "200.0.0.0/8", "::/0", "8000::/1")
                .map(Prefix::parse)
                .toList();
        assertEquals(ordered, ordered.stream().sorted().toList());
    }

    @Test
    void familiesAreApart() {
        assertFalse(Prefix.parse("::/0").overlaps(Prefix.parse("0.0.0.0/0")));
        assertThrows(IllegalArgumentException.class, () -> Prefix.parse("::/0").indexOf(Prefix.parse("0.0.0.0/0")));
    }

    private static BigInteger base(Prefix prefix) {
        return new BigInteger(1, prefix.address().getAddress());
    }

    private static Prefix random(Random random, AddressFamily family) {
        int length = random.nextInt(family.bits() + 1);
        BigInteger free = BigInteger.ONE.shiftLeft(family.bits() - length).subtract(BigInteger.ONE);
        byte[] bytes = new BigInteger(family.bits(), random).andNot(free).toByteArray();
        byte[] base = new byte[family.bits() / 8];
        int copied = Math.min(bytes.length, base.length);
        System.arraycopy(bytes, bytes.length - copied, base, base.length - copied, copied);
        return Prefix.of(base, length);
    }
}
