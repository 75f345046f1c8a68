package io.foreshard.addrsharding.prefix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PrefixAggregationTest {

    @Test
    void mergesSiblingsAndDropsWhatIsCovered() {
        List<Prefix> prefixes =
                prefixes("10.0.1.0/24", "10.0.0.0/25", "10.0.0.128/25", "10.0.1.7/32", "10.0.2.0/24", "::/1");
        assertEquals(prefixes("10.0.0.0/23", "10.0.2.0/24", "::/1"), PrefixAggregation.of(prefixes));
    }

    @Test
    void mergesUpToAllThereIs() {
        assertEquals(
                prefixes("0.0.0.0/0", "::/0"),
                PrefixAggregation.of(prefixes("8000::/1", "128.0.0.0/1", "::/1", "0.0.0.0/1")));
    }

    @Test
    void neighboursThatAreNoSiblingsStayApart() {
        List<Prefix> prefixes = prefixes("10.0.1.0/24", "10.0.2.0/24");
        assertEquals(prefixes, PrefixAggregation.of(prefixes));
    }

    @Test
    void coversExactlyTheSameInAsFewAsPossible() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Prefix space = Prefix.parse("10.0.0.0/24");
        for (int round = 0; round < 500; round++) {
            List<Prefix> prefixes = new ArrayList<>();
            for (int i = random.nextInt(60); i > 0; i--) {
                int length = 26 + random.nextInt(7);
                prefixes.add(space.part(length, random.nextInt(1 << (length - 24))));
            }
            List<Prefix> merged = PrefixAggregation.of(prefixes);
            String seeded = "seed " + seed + ", round " + round;
            assertEquals(addresses(space, prefixes), addresses(space, merged), seeded);
            assertEquals(fewest(addresses(space, prefixes), 0, 256), merged.size(), seeded);
            Collections.shuffle(prefixes, random);
            assertEquals(merged, PrefixAggregation.of(prefixes), seeded);
        }
    }

    private static int fewest(BitSet addresses, int from, int to) {
        int set = addresses.get(from, to).cardinality();
        if (set == 0 || set == to - from) {
            return set == 0 ? 0 : 1;
        }
        int middle = (from + to) / 2;
        return fewest(addresses, from, middle) + fewest(addresses, middle, to);
    }

    private static BitSet addresses(Prefix space, List<Prefix> prefixes) {
        BitSet addresses = new BitSet();
        for (Prefix prefix : prefixes) {
            int first = (int) space.indexOf(prefix) << prefix.log2Size();
            addresses.set(first, first + (1 << prefix.log2Size()));
        }
        return addresses;
    }

    private static List<Prefix> prefixes(String... texts) {
        return Stream.of(texts).map(Prefix::parse).toList();
    }
}
