package io.foreshard.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PropertyTest {

    @AfterEach
    void clearReplay() {
        System.clearProperty(Property.SEED_PROPERTY);
    }

    @Test
    void runsAsOftenAsAskedWithGrowingSizesAndTheSameSeedsEachTime() {
        List<String> first = cases();
        assertEquals(20, first.size());
        assertTrue(first.get(0).endsWith(":1"));
        assertTrue(first.get(19).endsWith(":50"));
        assertEquals(20, first.stream().distinct().count());
        assertEquals(first, cases());
    }

    @Test
    void aFailureIsShrunkAndSaysHowToReplayIt() {
        Property property = Property.named("stays small").runs(50).maxSize(64);
        AssertionError error =
                assertThrows(AssertionError.class, () -> property.check((random, size) -> assertTrue(size < 10)));
        Matcher replay = Pattern.compile("-Dforeshard\\.seed=(-?\\d+):(\\d+)$").matcher(error.getMessage());
        assertTrue(replay.find(), error.getMessage());
        int size = Integer.parseInt(replay.group(2));
        assertTrue(size >= 10 && size < 20, error.getMessage());

        System.setProperty(Property.SEED_PROPERTY, replay.group(1) + ":" + size);
        AssertionError again = assertThrows(
                AssertionError.class, () -> property.check((random, replayed) -> assertTrue(replayed < 10)));
        assertTrue(again.getMessage().contains("seed " + replay.group(1)), again.getMessage());
    }

    @Test
    void replayRunsExactlyOneCase() {
        System.setProperty(Property.SEED_PROPERTY, "77:5");
        List<String> seen = new ArrayList<>();
        Property.named("any").check((random, size) -> seen.add(random.nextLong() + ":" + size));
        assertEquals(List.of(new SeededRandom(77).nextLong() + ":5"), seen);
        System.setProperty(Property.SEED_PROPERTY, "x");
        assertThrows(IllegalArgumentException.class, () -> Property.named("any").check((random, size) -> {}));
    }

    @Test
    void aSeedRepeatsItsBytesAndOrders() {
        assertArrayEquals(new SeededRandom(3).bytes(100), new SeededRandom(3).bytes(100));
        List<Integer> one = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7, 8));
        List<Integer> other = new ArrayList<>(one);
        new SeededRandom(4).shuffle(one);
        new SeededRandom(4).fork();
        new SeededRandom(4).shuffle(other);
        assertEquals(one, other);
    }

    private static List<String> cases() {
        List<String> seen = new ArrayList<>();
        Property.named("any").runs(20).maxSize(50).check((random, size) -> seen.add(random.nextLong() + ":" + size));
        return seen;
    }
}
