package io.foreshard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyedLongMapTest {

    private static final int TABLE = 4096;

    @Test
    void behavesLikeAHashMapUnderRandomOperations() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            KeyedLongMap<Integer> map = new KeyedLongMap<>(random.nextLong(), random.nextLong(), random.nextInt(40));
            Map<Long, Integer> model = new HashMap<>();
            long stride = random.nextLong() | 1;
            int keys = 1 << random.nextInt(1, 11);
            for (int step = 0; step < 3_000; step++) {
                String where = "seed " + seed + " step " + step;
                // Growing and shrinking phases in turn, so that the table is resized both ways.
                boolean growing = step / 500 % 2 == 0;
                long key = random.nextInt(keys) * stride;
                if (random.nextInt(10) < (growing ? 7 : 2)) {
                    assertEquals(model.put(key, step), map.put(key, step), where);
                } else {
                    assertEquals(model.remove(key), map.remove(key), where);
                }
                assertEquals(model.size(), map.size(), where);
                long other = random.nextInt(keys) * stride;
                assertEquals(model.get(other), map.get(other), where);
            }
            assertEquals(model, copyOf(map), "seed " + seed);
            model.keySet().forEach(map::remove);
            assertEquals(0, map.size(), "seed " + seed);
            assertEquals(Map.of(), copyOf(map), "seed " + seed);
        }
    }

    @Test
    void takesEveryKeyIncludingZeroAndTheExtremes() {
        KeyedLongMap<String> map = new KeyedLongMap<>(1, 2, 0);
        for (long key : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertNull(map.get(key));
            assertNull(map.put(key, "a" + key));
            assertEquals("a" + key, map.put(key, "b" + key));
            assertEquals("b" + key, map.get(key));
        }
        assertEquals(4, map.size());
    }

    @Test
    void keepsItsTableWhenTheInitialCapacityIsNotExceeded() {
        KeyedLongMap<String> map = new KeyedLongMap<>(1, 2, 1_000);
        int before = map.tableLength();
        for (long key = 0; key < 1_000; key++) {
            map.put(key, "value");
        }
        assertEquals(before, map.tableLength());
    }

    @Test
    void staysBetweenOneEighthAndNineSixteenthsFull() {
        KeyedLongMap<String> map = new KeyedLongMap<>(1, 2, 0);
        for (long key = 0; key < 10_000; key++) {
            map.put(key, "value");
            assertTrue(map.size() * 16L <= map.tableLength() * 9L, "size " + map.size());
        }
        int largest = map.tableLength();
        for (long key = 0; key < 10_000; key++) {
            map.remove(key);
            assertTrue(map.tableLength() == 8 || map.size() * 8L >= map.tableLength(), "size " + map.size());
        }
        assertEquals(32_768, largest);
        assertEquals(8, map.tableLength());
    }

    @Test
    void returnsToTheInitialTableWhenCleared() {
        KeyedLongMap<String> map = new KeyedLongMap<>(1, 2, 0);
        for (int round = 0; round < 2; round++) {
            for (long key = 0; key < (round == 0 ? 100 : 3); key++) {
                map.put(key, "value");
            }
            map.clear();
            assertEquals(0, map.size());
            assertEquals(8, map.tableLength());
            assertNull(map.get(1));
        }
    }

    @Test
    void keepsProbesShortWhenKeysAreChosenToCollideUnderAnotherHashKey() {
        long[] colliding = keysOfOneSlot(0, 0, 2_000);
        assertEquals(
                1_999, longestProbe(0, 0, colliding), "the keys collide indeed under the key they were chosen for");
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int longest = longestProbe(random.nextLong(), random.nextLong(), colliding);
            // Half full, the expected longest probe is about 4 ln(2 000) = 30 slots.
            assertTrue(longest < 100, "longest probe " + longest + ", seed " + seed);
        }
    }

    @Test
    void keepsProbesShortForKeysInSequence() {
        long[] sequence = new long[2_000];
        for (int i = 0; i < sequence.length; i++) {
            sequence[i] = (long) i * TABLE;
        }
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int longest = longestProbe(random.nextLong(), random.nextLong(), sequence);
            assertTrue(longest < 100, "longest probe " + longest + ", seed " + seed);
        }
    }

    @Test
    void refusesANegativeCapacity() {
        Exception thrown = assertThrows(IllegalArgumentException.class, () -> new KeyedLongMap<String>(1, 2, -1));
        assertTrue(String.valueOf(thrown.getMessage()).startsWith("initialCapacity: -1 (expected: 0…"));
    }

    private static long[] keysOfOneSlot(long key0, long key1, int count) {
        long[] found = new long[count];
        long candidate = 0;
        for (int i = 0; i < count; candidate++) {
            if ((SipHash.hash(1, 3, key0, key1, candidate) & (TABLE - 1)) == 0) {
                found[i++] = candidate;
            }
        }
        return found;
    }

    private static int longestProbe(long key0, long key1, long[] keys) {
        KeyedLongMap<String> map = new KeyedLongMap<>(key0, key1, keys.length);
        assertEquals(TABLE, map.tableLength());
        for (long key : keys) {
            map.put(key, "value");
        }
        return map.longestProbe();
    }

    private static Map<Long, Integer> copyOf(KeyedLongMap<Integer> map) {
        Map<Long, Integer> copy = new HashMap<>();
        map.forEach((key, value) -> assertNull(copy.put(key, value), "entry seen twice"));
        return copy;
    }
}
